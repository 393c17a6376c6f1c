import { IconCheck, IconMinus } from '@tabler/icons-react';
import { labels } from '../../lib/locale.ts';
import { type CellProps, useFieldView } from '../field-view.tsx';

const yes = labels('Yes', 'Oui', 'Sí');
const no = labels('No', 'Non', 'No');

/** A tick, or a quiet dash. */
export function Cell({ value }: CellProps) {
  const { locale } = useFieldView();
  const Icon = value ? IconCheck : IconMinus;
  return (
    <>
      <Icon size={16} stroke={2} aria-hidden className={value ? undefined : 'r-muted'} />
      <span className="r-hidden">{(value ? yes : no)[locale]}</span>
    </>
  );
}
