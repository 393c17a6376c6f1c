import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import type { Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import type { Chosen } from './chosen.ts';
import { OrderForm } from './OrderForm.tsx';

/** Asks what a verb asks for, once for many records; what it proposes for each of them is taken as it is. */
export function VerbDialog({
  entity,
  chosen,
  verb,
  onDone,
  onClose,
}: {
  readonly entity: EntityDescription;
  readonly chosen: Chosen;
  readonly verb: VerbDescription;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Draft>({});
  return (
    <OrderForm
      entity={entity}
      chosen={chosen}
      order={() => ({ verb: verb.name, input: values })}
      place="input"
      names={verb.fields.map(({ name }) => name)}
      title={`${verb.label}: ${entity.label.many}`}
      words={`${verb.sections.length > 0 ? `${t('bulk.proposed')} ` : ''}${t('bulk.undoable')}`}
      isReady
      onDone={onDone}
      onClose={onClose}
    >
      {(mistakes, isBusy) =>
        verb.fields.map((field) => (
          <FormField
            key={field.name}
            id={`bulk-${field.name}`}
            field={field}
            value={values[field.name] ?? field.default}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
            mistake={mistakes[field.name]}
            disabled={isBusy}
          />
        ))
      }
    </OrderForm>
  );
}
