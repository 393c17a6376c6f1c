import { type CellProps, useFieldView } from '../field-view.tsx';
import { formatMoment } from '../format.browser.ts';

/** A moment in the reader's language and zone. */
export function Cell({ value }: CellProps) {
  const { locale, timeZone } = useFieldView();
  return (
    <time
      className="r-figures"
      dateTime={String(value)}
      title={formatMoment(locale, String(value), timeZone, 'long')}
    >
      {formatMoment(locale, String(value), timeZone)}
    </time>
  );
}
