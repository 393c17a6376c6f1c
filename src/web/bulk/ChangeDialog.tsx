import { CloseButton, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { inputs } from '../../web-kit/fields/inputs.ts';
import { type Draft, normal } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import classes from './ChangeDialog.module.css';
import type { Chosen } from './chosen.ts';
import { OrderForm } from './OrderForm.tsx';

/** The fields that many records can get the same value in. */
export const commonFields = (entity: EntityDescription): readonly FieldDescription[] =>
  entity.fields.filter((field) => !field.readOnly && !field.unique && inputs.has(field.type));

/** Asks which fields of many records get which values. */
export function ChangeDialog({
  entity,
  chosen,
  fields: first,
  title,
  onDone,
  onClose,
}: {
  readonly entity: EntityDescription;
  readonly chosen: Chosen;
  /** The fields it begins with. */
  readonly fields: readonly string[];
  readonly title: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [names, setNames] = useState(first);
  const [values, setValues] = useState<Draft>({});
  const open = commonFields(entity);
  const fields = names.flatMap((name) => open.find((field) => field.name === name) ?? []);
  const others = open.filter(({ name }) => !names.includes(name));
  const sent = (): Draft =>
    Object.fromEntries(
      fields.map(({ name, type }) => {
        const value = values[name];
        if (normal(value) !== null) return [name, value];
        return [name, type === 'checkbox' ? false : null];
      }),
    );
  return (
    <OrderForm
      entity={entity}
      chosen={chosen}
      order={() => ({ verb: 'update', values: sent() })}
      place="values"
      names={names}
      title={title}
      words={`${fields.length > 0 ? `${t('bulk.emptied')} ` : ''}${t('bulk.undoable')}`}
      isReady={fields.length > 0}
      onDone={onDone}
      onClose={onClose}
    >
      {(mistakes, isBusy) => (
        <>
          {fields.map((field) => (
            <div key={field.name} className={classes.field}>
              <FormField
                id={`bulk-${field.name}`}
                field={{ ...field, required: false }}
                value={values[field.name] ?? null}
                onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
                mistake={mistakes[field.name]}
                disabled={isBusy}
              />
              <CloseButton
                className={classes.drop}
                aria-label={t('bulk.drop', { field: field.label })}
                onClick={() => setNames(names.filter((name) => name !== field.name))}
              />
            </div>
          ))}
          {others.length > 0 ? (
            <NativeSelect
              classNames={{ label: classes.add ?? '' }}
              label={fields.length > 0 ? t('bulk.addField') : t('bulk.firstField')}
              value=""
              onChange={(event) => setNames([...names, event.currentTarget.value])}
              data={[
                { value: '', label: '–', disabled: true },
                ...others.map(({ name, label }) => ({ value: name, label })),
              ]}
            />
          ) : null}
        </>
      )}
    </OrderForm>
  );
}
