import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescription } from '../../data/describe.ts';
import { findRecords } from '../../data/find-records.ts';
import { PickList } from './PickList.tsx';
import { useRecordLabels } from './record-labels.ts';

/** Chooses records that a reference may name; of users, oneself first. */
export function RecordsInput({
  to,
  ids,
  onChange,
}: {
  readonly to: readonly string[];
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const { data } = useQuery({
    queryKey: ['records', to.join(), 'find', asked],
    queryFn: ({ signal }) => findRecords(description, to, asked, signal),
    placeholderData: (before) => before,
  });
  const labelOf = useRecordLabels(
    to,
    ids.filter((id) => id.length === 36),
  );
  const me = to.includes('user') ? [{ value: 'me', label: t('values.me') }] : [];
  const found = (data ?? []).map(({ id, label }) => ({ value: id, label }));
  const picked = ids
    .filter((id) => id !== 'me' && !found.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: labelOf(id) ?? '…' }));

  return (
    <PickList
      options={[...me, ...picked, ...found]}
      picked={ids}
      onChange={onChange}
      text={text}
      onText={setText}
    />
  );
}
