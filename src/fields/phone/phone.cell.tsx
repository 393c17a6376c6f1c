import { IconAlertTriangle } from '@tabler/icons-react';
import { labels } from '../../lib/locale.ts';
import { type CellProps, useFieldView } from '../field-view.tsx';

const unsure = labels(
  'Not a complete phone number; kept as typed',
  'Numéro incomplet ; conservé tel que saisi',
  'Número incompleto; guardado tal como se escribió',
);

/** A number that dials; one that isn't a complete phone number is flagged. */
export function Cell({ value }: CellProps) {
  const { locale, linkTabIndex } = useFieldView();
  const { typed, e164 } = value as { readonly typed: string; readonly e164: string | null };
  if (e164) {
    return (
      <a className="r-figures r-ellipsis" href={`tel:${e164}`} tabIndex={linkTabIndex}>
        {typed}
      </a>
    );
  }
  return (
    <span className="r-figures r-ellipsis" title={unsure[locale]}>
      {typed}
      <IconAlertTriangle
        size={14}
        aria-label={unsure[locale]}
        style={{ marginInlineStart: 6, verticalAlign: '-2px', color: 'var(--r-warning)' }}
      />
    </span>
  );
}
