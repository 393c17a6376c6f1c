import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { wholeQuery } from '../admin/admin-queries.ts';
import { NotFound } from '../app/NotFound.tsx';
import { useDescription, useEntity } from '../data/describe.ts';
import { CriterionTable } from './CriterionTable.tsx';
import classes from './DuplicateRules.module.css';
import type { DuplicateRule } from './duplicate-rule-data.ts';

/** What makes two records look like the same, entity by entity, for those who may say what each criterion counts. */
export function DuplicateRules() {
  const kind = useEntity('duplicate-rule');
  return kind?.can.create ? <Rules kind={kind} /> : <NotFound />;
}

function Rules({ kind }: { readonly kind: EntityDescription }) {
  const { t } = useTranslation();
  const { entities } = useDescription();
  const { data, error } = useQuery(wholeQuery<DuplicateRule>(kind.plural, 'entity'));
  return (
    <Page isWide title={t('duplicates.rulesTitle')}>
      <p className={classes.words}>{t('duplicates.rulesWords')}</p>
      {error ? <Notice>{error.message}</Notice> : null}
      {data
        ? entities
            .filter(({ duplicateMatching }) => duplicateMatching !== null)
            .map((entity) => (
              <section key={entity.name} aria-label={entity.label.many} className={classes.entity}>
                <h2>{entity.label.many}</h2>
                <CriterionTable kind={kind} entity={entity} rules={data} />
              </section>
            ))
        : null}
      {data || error ? null : <Skeleton height={240} />}
    </Page>
  );
}
