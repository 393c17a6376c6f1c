import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { recordQuery } from '../data/records.ts';
import type { Draft } from '../form/draft.ts';
import { fillableFields } from './section-draft.ts';

/** Offers to fill what is empty in a record that is taken, naming the fields; nothing where there is nothing to fill. */
export function FillEmpty({
  entity,
  id,
  offered,
  taken,
  isOn,
  isBusy,
  onChange,
}: {
  readonly entity: EntityDescription;
  readonly id: string;
  /** What a new record would get. */
  readonly offered: Draft;
  readonly taken: ReadonlySet<string>;
  readonly isOn: boolean;
  readonly isBusy: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  const { t } = useTranslation();
  const { data: record } = useQuery(recordQuery(entity.plural, id));
  const fields = record?.can.update ? fillableFields(entity, record, offered, taken) : [];
  if (fields.length === 0) return null;
  return (
    <Checkbox
      label={t('verb.fill')}
      description={fields.map(({ label }) => label).join(', ')}
      checked={isOn}
      disabled={isBusy}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
