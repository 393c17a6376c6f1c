import { type CellProps, useFieldView } from '../field-view.tsx';
import { countryName } from '../format.browser.ts';

/** An address on one line: street, postal code and city, region, country. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  const { street, city, postalCode, region, country } = value as Readonly<Record<string, string | null>>;
  const place = [postalCode, city].filter(Boolean).join(' ');
  const parts = [
    street?.replace(/\s*\n\s*/g, ', '),
    place,
    region,
    country ? countryName(locale, country) : null,
  ];
  const line = parts.filter(Boolean).join(', ');
  return (
    <span className="r-ellipsis" title={line}>
      {line}
    </span>
  );
}
