import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { type Draft, sectionsOf } from '../form/draft.ts';
import { useJudgement } from '../form/use-judgement.ts';
import { InPlace } from './InPlace.tsx';
import classes from './RecordSections.module.css';
import type { SaveRecord } from './use-save-record.tsx';

const unchanged: Draft = {};

/** The values of a record under the headings of its form, each to be changed where it stands. */
export function RecordSections({
  entity,
  record,
  mayUpdate,
  save,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly mayUpdate: boolean;
  readonly save: SaveRecord;
}) {
  const { stateOf } = useJudgement(entity, record, unchanged);
  const sections = sectionsOf(entity)
    .map(({ label, fields }) => ({ label, fields: fields.filter((field) => stateOf(field).shown) }))
    .filter(({ fields }) => fields.length > 0);
  return sections.map(({ label, fields }) => (
    <section key={label} className={classes.section} aria-label={label}>
      <h2 className={classes.title}>{label}</h2>
      <dl className={classes.grid}>
        {fields.map((field) => (
          <InPlace
            key={field.name}
            field={field}
            record={record}
            mayUpdate={mayUpdate && !stateOf(field).readOnly}
            save={save}
          />
        ))}
      </dl>
    </section>
  ));
}
