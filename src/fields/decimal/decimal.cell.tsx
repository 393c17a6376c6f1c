import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatDecimal } from '../format.browser.ts';

/** A decimal number by the reader's language, to its last digit. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  return <span className="r-figures">{formatDecimal(locale, String(value))}</span>;
}
