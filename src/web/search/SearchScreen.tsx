import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { HitLine } from './HitLine.tsx';
import { hitsOf } from './hit.ts';
import { Meant } from './Meant.tsx';
import classes from './SearchScreen.module.css';
import type { SearchAddress } from './search-address.ts';
import { searchQuery } from './search-query.ts';

/** As many of each entity as are shown together, and how many of one, step by step. */
const together = 8;
const steps = [25, 50, 100, 200] as const;

/** Everything a search finds, by entity; or all of one entity. */
export function SearchScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const description = useDescription();
  const { q = '', entity }: SearchAddress = useSearch({ strict: false });
  const [text, setText] = useState(q);
  const [typed] = useDebouncedValue(text.trim(), 150);
  const [step, setStep] = useState(0);
  const only = entity ? entityNamed(description, entity) : undefined;
  const limit = only ? (steps[step] ?? 200) : together;
  const { data, error, isFetching } = useQuery(
    searchQuery(q, { limit, ...(only ? { entities: [only.name] } : {}) }),
  );

  useEffect(() => {
    if (typed === q) return;
    void navigate({ to: paths.search, search: { q: typed, entity }, replace: true });
    setStep(0);
  }, [typed, q, entity, navigate]);

  const hasAnyMore = data?.groups.some(({ more }) => more) === true;
  const hits = q === '' ? [] : hitsOf(description, data);
  const groups = [...Map.groupBy(hits, (hit) => hit.entity)];
  const hasMore = (name: string): boolean =>
    data?.groups.some((group) => group.entity === name && group.more) === true;

  return (
    <>
      <PageHeader
        title={only ? t('search.allIn', { entities: only.label.many }) : t('search.all')}
        note={
          q && data ? t(hasAnyMore ? 'search.countShown' : 'search.count', { count: hits.length }) : undefined
        }
      />
      <div className={classes.line}>
        <TextInput
          className={classes.input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          placeholder={t('search.placeholder')}
          aria-label={t('search.open')}
          autoComplete="off"
          spellCheck={false}
        />
        {only ? (
          <Button component={AppLink} to={paths.search} search={{ q }} variant="default">
            {t('search.every')}
          </Button>
        ) : null}
      </div>
      <div className={classes.results} aria-busy={isFetching}>
        {error ? <Notice>{error.message}</Notice> : null}
        {data?.meant ? <Meant text={q} meant={data.meant} onTake={setText} /> : null}
        {groups.map(([described, own]) => (
          <section key={described.name} aria-label={described.label.many}>
            <h2 className={classes.heading}>{described.label.many}</h2>
            <ul className={classes.list}>
              {own.map((hit) => (
                <li key={hit.id}>
                  <AppLink to={paths.record(described.plural, hit.id)} className={classes.hit}>
                    <HitLine hit={hit} />
                  </AppLink>
                </li>
              ))}
            </ul>
            {hasMore(described.name) && !only ? (
              <AppLink to={paths.search} search={{ q, entity: described.name }} className={classes.more}>
                {t('search.allIn', { entities: described.label.many })}
              </AppLink>
            ) : null}
            {hasMore(described.name) && only && step < steps.length - 1 ? (
              <Button variant="default" onClick={() => setStep(step + 1)} loading={isFetching}>
                {t('search.more')}
              </Button>
            ) : null}
            {hasMore(described.name) && only && step === steps.length - 1 ? (
              <p className={classes.words}>{t('search.first', { count: own.length })}</p>
            ) : null}
          </section>
        ))}
        {hits.length === 0 && !error && !isFetching ? (
          <EmptyState
            icon={IconSearch}
            title={q === '' ? t('search.hint') : t('search.nothing', { text: q })}
          >
            {q === '' ? null : t('search.nothingWords')}
          </EmptyState>
        ) : null}
      </div>
    </>
  );
}
