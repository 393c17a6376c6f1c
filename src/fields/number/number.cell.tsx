import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatDecimal } from '../format.browser.ts';

/** A whole number by the reader's language, in figures of equal width. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  return (
    <span className="r-figures">
      {formatDecimal(locale, typeof value === 'number' ? value : String(value))}
    </span>
  );
}
