import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatDecimal } from '../format.browser.ts';

/** A percentage by the reader's language: `12,5 %` in French. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  const trimmed = String(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  const space = locale === 'en' ? '' : '\u00a0';
  return (
    <span className="r-figures">
      {formatDecimal(locale, trimmed)}
      {space}%
    </span>
  );
}
