import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription } from '../../model/description.ts';
import { totalsQuery } from '../data/records.ts';
import classes from './FilterDialog.module.css';

const bound = 10_000;

/** How many records match, counted up to a bound; what is no longer asked for is cancelled. */
export function MatchCount({
  entity,
  where,
}: {
  readonly entity: EntityDescription;
  /** Null while nothing can be asked. */
  readonly where: string | null;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const { data, isFetching, isError } = useQuery({
    ...totalsQuery(entity.plural, { where: where || undefined }),
    enabled: where !== null,
    retry: false,
  });
  const n = (value: number): string => formatDecimal(locale, value);
  const count = data?.groups[0]?.count;
  const words =
    where === null || isError
      ? ''
      : isFetching || !data
        ? t('expression.counting')
        : data.complete && count !== undefined
          ? t('expression.matches', { count, n: n(count) })
          : t('expression.matchesMore', { n: n(bound) });
  return (
    <span className={classes.count} role="status">
      {words}
    </span>
  );
}
