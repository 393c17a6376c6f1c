import { useMemo } from 'react';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { type Draft, sectionsOf } from './draft.ts';
import { FormField } from './FormField.tsx';
import classes from './FormSections.module.css';
import { fieldWidth } from './field-width.ts';
import type { Mistakes } from './mistakes.ts';
import type { FormJudgement } from './use-judgement.ts';

/** Every field of an entity's form under its headings, as far as it is asked for. */
export function FormSections({
  entity,
  idPrefix,
  draft,
  mistakes,
  judgement,
  onChange,
  isNew,
  isBusy,
}: {
  readonly entity: EntityDescription;
  readonly idPrefix: string;
  readonly draft: Draft;
  readonly mistakes: Mistakes;
  readonly judgement: FormJudgement;
  readonly onChange: (name: string, value: unknown) => void;
  /** A new record has no values that others write. */
  readonly isNew: boolean;
  readonly isBusy: boolean;
}) {
  const sections = useMemo(
    () =>
      sectionsOf(entity).map(({ label, fields }) => ({ label, fields: fieldsNow(fields, judgement, isNew) })),
    [entity, judgement, isNew],
  );
  const first = sections.flatMap(({ fields }) => fields).find((field) => !field.readOnly)?.name;
  return (
    <>
      {sections.map(({ label, fields: shown }) => {
        return shown.length === 0 ? null : (
          <section key={label} className={classes.section} aria-label={label}>
            <h2 className={classes.title}>{label}</h2>
            <div className={classes.grid}>
              {shown.map((field) => (
                <div key={field.name} className={classes.cell} data-width={fieldWidth(field.type)}>
                  <FormField
                    id={`${idPrefix}-${field.name}`}
                    field={field}
                    value={draft[field.name]}
                    onChange={(value) => onChange(field.name, value)}
                    mistake={mistakes.fields[field.name]}
                    autoFocus={field.name === first}
                    disabled={isBusy}
                  />
                </div>
              ))}
            </div>
          </section>
        );
      })}
    </>
  );
}

/** The fields that are shown, needed and locked as the record stands. */
function fieldsNow(
  fields: readonly FieldDescription[],
  { stateOf }: FormJudgement,
  isNew: boolean,
): readonly FieldDescription[] {
  return fields.flatMap((field) => {
    const { shown, required, readOnly } = stateOf(field);
    if (!shown || (isNew && readOnly)) return [];
    return required === field.required && readOnly === field.readOnly
      ? [field]
      : [{ ...field, required, readOnly }];
  });
}
