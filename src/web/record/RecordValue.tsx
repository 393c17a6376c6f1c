import { useFieldView } from '../../fields/field-view.tsx';
import { countryName } from '../../fields/format.browser.ts';
import type { FieldDescription } from '../../model/description.ts';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import classes from './RecordValue.module.css';

/** A value in full, where a list would cut it: texts with their lines, addresses as on an envelope. */
export function RecordValue({ field, value }: { readonly field: FieldDescription; readonly value: unknown }) {
  const { locale } = useFieldView();
  if (isEmpty(value)) return <span className="r-muted">–</span>;
  if (field.type === 'long-text') return <div className={classes.text}>{String(value)}</div>;
  if (field.type === 'text') return <span className={classes.text}>{String(value)}</span>;
  if (field.type === 'address') {
    const { street, city, postalCode, region, country } = value as Readonly<Record<string, string | null>>;
    const lines = [
      ...(street ?? '').split('\n'),
      [postalCode, city].filter(Boolean).join(' '),
      region,
      country ? countryName(locale, country) : null,
    ];
    return <div className={classes.text}>{lines.filter(Boolean).join('\n')}</div>;
  }
  return (
    <span className={classes.value}>
      <FieldCell field={field} value={value} />
    </span>
  );
}
