import { Button, SegmentedControl } from '@mantine/core';
import { IconCopy, IconCopyCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { PairState } from '../../model/duplicate.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { NotFound } from '../app/NotFound.tsx';
import { Pending } from '../app/Pending.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription, useEntity } from '../data/describe.ts';
import classes from './DuplicatesScreen.module.css';
import { isSearching, pairsQuery } from './duplicate-data.ts';
import { PairCard } from './PairCard.tsx';
import { ScanLine } from './ScanLine.tsx';

/** The records of the entity that the address names which may be the same, pair by pair. */
export function DuplicatesScreen() {
  const { plural } = useParams({ strict: false });
  const entity = useEntity(plural ?? '');
  if (!entity || entity.plural !== plural || entity.duplicateFields.length === 0) return <NotFound />;
  return <Duplicates key={entity.name} entity={entity} />;
}

function Duplicates({ entity }: { readonly entity: EntityDescription }) {
  const { t } = useTranslation();
  const description = useDescription();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const others = entity.comparedWith.flatMap(({ entity: name, declares }) => {
    const of = entityNamed(description, name);
    return of ? [{ of, declares }] : [];
  });
  const asked = others.find(({ of }) => of.name === search['with']);
  // Of two entities, the one that declares it is searched, whichever one comes from.
  const searched = asked && !asked.declares ? asked.of : entity;
  const other = asked && (asked.declares ? asked.of : entity);
  const rules = useEntity('duplicate-rule');
  const [state, setState] = useState<PairState>('open');
  const pairs = useInfiniteQuery(pairsQuery(searched.plural, state, other?.name));
  const [first] = pairs.data?.pages ?? [];
  const items = pairs.data?.pages.flatMap((page) => page.items) ?? [];
  const entities = other
    ? t('duplicates.pairNote', { one: searched.label.many, other: other.label.many })
    : entity.label.many;
  return (
    <div className={classes.screen}>
      <PageHeader title={t('duplicates.title', { entities })}>
        {others.length > 0 ? (
          <SegmentedControl
            aria-label={t('duplicates.compared')}
            value={asked?.of.name ?? entity.name}
            onChange={(to) =>
              void navigate({
                to: paths.duplicates(entity.plural) as '/',
                search: (to === entity.name ? {} : { with: to }) as never,
              })
            }
            data={[
              { value: entity.name, label: t('duplicates.among') },
              ...others.map(({ of }) => ({ value: of.name, label: of.label.many })),
            ]}
          />
        ) : null}
        <SegmentedControl
          aria-label={t('duplicates.which')}
          value={state}
          onChange={(to) => setState(to === 'open' ? 'open' : 'not-duplicate')}
          data={[
            { value: 'open', label: t('duplicates.open') },
            { value: 'not-duplicate', label: t('duplicates.none') },
          ]}
        />
        {rules?.can.create ? (
          <Button component={AppLink} to={paths.duplicateRules} variant="default" visibleFrom="sm">
            {t('duplicates.rules')}
          </Button>
        ) : null}
        <Button component={AppLink} to={paths.list(entity.plural)} variant="default">
          {t('duplicates.toList')}
        </Button>
      </PageHeader>
      {first ? <ScanLine entity={searched} scan={first.scan} canScan={first.canScan} /> : null}
      {pairs.isPending ? <Pending /> : null}
      {pairs.error && !pairs.data ? (
        <div className={classes.body}>
          <Notice
            title={pairs.error.message}
            action={
              <Button variant="default" size="xs" onClick={() => void pairs.refetch()}>
                {t('common.retry')}
              </Button>
            }
          />
        </div>
      ) : null}
      {items.length > 0 ? (
        <div className={classes.body}>
          <ul className={classes.list} aria-label={t('duplicates.pairs')}>
            {items.map((pair) => (
              <li key={pair.records.map(({ id }) => id).join(' ')}>
                <PairCard entity={searched} other={other ?? searched} pair={pair} />
              </li>
            ))}
          </ul>
          {pairs.hasNextPage ? (
            <Button
              variant="default"
              loading={pairs.isFetchingNextPage}
              onClick={() => void pairs.fetchNextPage()}
            >
              {t('duplicates.more')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {first && !first.scan && state === 'open' && items.length === 0 ? (
        <EmptyState icon={IconCopyCheck} title={t('duplicates.neverTitle')}>
          {t('duplicates.neverWords')}
        </EmptyState>
      ) : null}
      {first && !first.scan && state !== 'open' && items.length === 0 ? (
        <EmptyState icon={IconCopy} title={t('duplicates.nothingKept')}>
          {t('duplicates.nothingKeptWords', { entities })}
        </EmptyState>
      ) : null}
      {first?.scan && items.length === 0 && !isSearching(first.scan) ? (
        <EmptyState
          icon={state === 'open' ? IconCopyCheck : IconCopy}
          title={t(state === 'open' ? 'duplicates.nothing' : 'duplicates.nothingKept')}
        >
          {t(state === 'open' ? 'duplicates.nothingWords' : 'duplicates.nothingKeptWords', { entities })}
        </EmptyState>
      ) : null}
    </div>
  );
}
