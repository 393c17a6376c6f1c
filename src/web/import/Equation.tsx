import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportCounts, RowOutcomeName } from '../../model/import.ts';
import classes from './Equation.module.css';

/** What rows may come to, in the order they are told. */
export const outcomes = [
  'created',
  'updated',
  'merged',
  'skipped',
  'failed',
] as const satisfies readonly RowOutcomeName[];

/** Rows in = created + updated + merged + unchanged + refused, so that everybody sees that none got lost. */
export function Equation({ counts }: { readonly counts: ImportCounts }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const n = (value: number): string => formatDecimal(locale, value);
  const spoken = t('imports.equation.spoken', {
    rows: n(counts.position),
    created: n(counts.created),
    updated: n(counts.updated),
    merged: n(counts.merged),
    skipped: n(counts.skipped),
    failed: n(counts.failed),
  });
  return (
    <div className={classes.equation} role="img" aria-label={spoken}>
      <div className={classes.term} data-total>
        <span className={classes.number}>{n(counts.position)}</span>
        <span className={classes.word}>{t('imports.equation.rows', { count: counts.position })}</span>
      </div>
      {outcomes.map((outcome, position) => (
        <div key={outcome} className={classes.addend}>
          <span className={classes.sign}>{position === 0 ? '=' : '+'}</span>
          <div className={classes.term} data-outcome={outcome} data-zero={counts[outcome] === 0 || undefined}>
            <span className={classes.number}>{n(counts[outcome])}</span>
            <span className={classes.word}>{t(`imports.equation.${outcome}`)}</span>
          </div>
        </div>
      ))}
    </div>
  );
}
