import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatDay } from '../format.browser.ts';

/** A day by the reader's language. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  return (
    <time className="r-figures" dateTime={String(value)}>
      {formatDay(locale, String(value))}
    </time>
  );
}
