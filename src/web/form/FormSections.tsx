import type { EntityDescription } from '../../model/description.ts';
import { type Draft, sectionsOf } from './draft.ts';
import { FormField } from './FormField.tsx';
import classes from './FormSections.module.css';
import type { Mistakes } from './mistakes.ts';

const wide = new Set(['long-text']);

/** Every field of an entity's form under its headings. */
export function FormSections({
  entity,
  idPrefix,
  draft,
  mistakes,
  onChange,
  isNew,
  isBusy,
}: {
  readonly entity: EntityDescription;
  readonly idPrefix: string;
  readonly draft: Draft;
  readonly mistakes: Mistakes;
  readonly onChange: (name: string, value: unknown) => void;
  /** A new record has no values that others write. */
  readonly isNew: boolean;
  readonly isBusy: boolean;
}) {
  const first = sectionsOf(entity)
    .flatMap(({ fields }) => fields)
    .find((field) => !field.readOnly)?.name;
  return (
    <>
      {sectionsOf(entity).map(({ label, fields }) => {
        const shown = isNew ? fields.filter((field) => !field.readOnly) : fields;
        return shown.length === 0 ? null : (
          <section key={label} className={classes.section} aria-label={label}>
            <h2 className={classes.title}>{label}</h2>
            <div className={classes.grid}>
              {shown.map((field) => (
                <div key={field.name} className={classes.cell} data-wide={wide.has(field.type) || undefined}>
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
