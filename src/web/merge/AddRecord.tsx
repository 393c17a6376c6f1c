import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldEditingProvider, useFieldEditing } from '../../fields/field-input.tsx';
import { RecordPicker } from '../../fields/record-picker.tsx';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { mostMerged } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { titleOf } from '../data/describe.ts';
import classes from './Merge.module.css';

/** Finds a further record to merge, by a few letters; nothing where there are as many as may be. */
export function AddRecord({
  entity,
  records,
  onAdd,
}: {
  readonly entity: EntityDescription;
  readonly records: readonly RecordOut[];
  readonly onAdd: (id: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  // Who merges looks for what is there: a new record would have nothing to bring.
  const { newLabel: _label, createRecord: _create, ...finding } = useFieldEditing();
  if (records.length >= mostMerged) return null;
  const label = t('merge.add');
  const field = { ...noField, name: 'add', label, to: [entity.name] } as const;
  const names = records.map((record) => titleOf(entity, record)).join(', ');
  return (
    <div className={classes.add}>
      {names && records.length < 2 ? <p className={classes.quiet}>{names}</p> : null}
      <label htmlFor={id}>{label}</label>
      <FieldEditingProvider value={finding}>
        <RecordPicker
          id={id}
          field={field}
          entities={field.to}
          value={null}
          toValue={(choice) => choice.id}
          onChange={(chosen) => {
            if (typeof chosen === 'string' && !records.some((record) => record.id === chosen)) onAdd(chosen);
          }}
        />
      </FieldEditingProvider>
    </div>
  );
}

/** A picker stands for a field of its own here, which no record has. */
const noField: FieldDescription = {
  name: '',
  type: 'reference',
  label: '',
  help: null,
  required: false,
  readOnly: false,
  system: false,
  unique: false,
  default: null,
  sortable: false,
  indexed: false,
  filterable: false,
  parts: [],
  to: [],
  values: [],
  list: null,
  classes: [],
  options: {},
  shownWhen: null,
  requiredWhen: null,
  readOnlyWhen: null,
  clearWhenHidden: false,
};
