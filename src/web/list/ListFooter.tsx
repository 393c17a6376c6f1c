import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal, formatMoney } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import { totalsQuery } from '../data/records.ts';
import classes from './ListFooter.module.css';
import type { ListState } from './use-list-state.ts';

const bound = 10_000;

/** How many match and what their amounts come to, per currency; asked apart from the rows. */
export function ListFooter({
  entity,
  state,
  isOver,
  loaded,
}: {
  readonly entity: EntityDescription;
  readonly state: ListState;
  /** The list itself failed: its totals aren't asked for. */
  readonly isOver: Error | null;
  readonly loaded: number;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const [isExact, setExact] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each filter is bounded anew
  useEffect(() => setExact(false), [state.where]);
  const money = state.columns.filter(({ field }) => field.type === 'money').map(({ field }) => field);
  const sums = money.map(({ name }) => name).slice(0, 3);
  const { data, isFetching } = useQuery({
    ...totalsQuery(entity.plural, { where: state.where, sums, exact: isExact }),
    enabled: !state.isBin && !isOver && loaded > 0,
  });

  if (state.isBin || loaded === 0) return null;
  const group = data?.groups[0];
  const n = (value: number): string => formatDecimal(locale, value);
  return (
    <footer className={classes.footer} aria-busy={isFetching}>
      {data?.complete && group ? (
        <span>{t('list.count', { count: group.count, n: n(group.count) })}</span>
      ) : data && !data.complete ? (
        <>
          <span>{t('list.countMore', { n: n(bound) })}</span>
          <UnstyledButton className={classes.exact} onClick={() => setExact(true)}>
            {t('list.countExactly')}
          </UnstyledButton>
        </>
      ) : (
        <span>&nbsp;</span>
      )}
      {data?.complete && group
        ? money
            .filter((field) => (group.sums[field.name] ?? []).length > 0)
            .map((field) => (
              <span key={field.name} className={classes.sum}>
                <span className="r-muted">{field.label}</span>
                {(group.sums[field.name] ?? []).map(({ currency, sum }) => (
                  <strong key={currency} className="r-figures">
                    {currency ? formatMoney(locale, sum, currency) : formatDecimal(locale, sum)}
                  </strong>
                ))}
              </span>
            ))
        : null}
    </footer>
  );
}
