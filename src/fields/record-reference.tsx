import { IconLock } from '@tabler/icons-react';
import { labels } from '../lib/locale.ts';
import type { ReferenceValue } from '../model/record.ts';
import { useFieldView } from './field-view.tsx';

const hidden = labels('Not visible to you', 'Non visible pour vous', 'No visible para usted');

/** A link to the record a reference names; one that the reader may not see says so. */
export function RecordReference({
  value,
  entity,
}: {
  readonly value: ReferenceValue;
  readonly entity: string | undefined;
}) {
  const { locale, RecordLink } = useFieldView();
  if (value.label === null || value.label === undefined) {
    return (
      <span className="r-muted r-ellipsis" title={hidden[locale]}>
        <IconLock size={13} aria-hidden style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} />
        {hidden[locale]}
      </span>
    );
  }
  const target = value.entity ?? entity;
  if (!target) return <span className="r-ellipsis">{value.label}</span>;
  return (
    <RecordLink entity={target} id={value.id}>
      {value.label}
    </RecordLink>
  );
}
