import { Radio } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { titleOf } from '../data/describe.ts';
import type { FieldMistake } from '../form/mistakes.ts';
import { RecordValue } from '../record/RecordValue.tsx';
import classes from './Merge.module.css';

/** The values of one field side by side: of which record it stays, or of all where there may be several. */
export function FieldChoice({
  entity,
  field,
  records,
  stay,
  from,
  taken,
  onChoose,
  mistake,
}: {
  readonly entity: EntityDescription;
  readonly field: FieldDescription;
  readonly records: readonly RecordOut[];
  readonly stay: string;
  /** The records that the value comes from by itself; null while that isn’t known. */
  readonly from: readonly string[] | null;
  /** The record chosen. */
  readonly taken: string | null;
  /** Null is for as it goes by itself. */
  readonly onChoose: (id: string | null) => void;
  readonly mistake: FieldMistake | undefined;
}) {
  const { t } = useTranslation();
  const id = useId();
  const isSeveral = field.type === 'references' || field.type === 'multi-choice';
  const isFixed = field.readOnly;
  const chosen = isFixed ? stay : (taken ?? (isSeveral ? null : (from?.[0] ?? stay)));
  const isOn = (record: string): boolean =>
    chosen === null ? (from?.includes(record) ?? false) : chosen === record;
  return (
    <div
      role="radiogroup"
      aria-labelledby={id}
      aria-describedby={mistake || isFixed ? `${id}-words` : undefined}
      className={classes.row}
    >
      <span className={classes.label}>
        <span id={id}>{field.label}</span>
        {isSeveral ? (
          <Radio
            size="xs"
            name={id}
            checked={chosen === null}
            onChange={() => onChoose(null)}
            label={t('merge.all')}
          />
        ) : null}
      </span>
      {records.map((record) => {
        const key = `${id}-${record.id}`;
        return (
          <div key={record.id} className={classes.option} data-on={isOn(record.id) || undefined}>
            <Radio
              id={key}
              name={id}
              checked={chosen === record.id}
              disabled={isFixed}
              onChange={() => onChoose(record.id)}
              aria-labelledby={`${key}-whose ${key}-value`}
            />
            <label htmlFor={key} className={classes.value}>
              <span id={`${key}-whose`} className={classes.whose}>
                {titleOf(entity, record) || '–'}
              </span>
              <span id={`${key}-value`}>
                <RecordValue field={field} value={record[field.name]} />
              </span>
            </label>
          </div>
        );
      })}
      {mistake?.own || isFixed ? (
        <span id={`${id}-words`} className={mistake ? classes.wrong : classes.fixed}>
          {mistake?.own ?? t('merge.fixed')}
        </span>
      ) : null}
    </div>
  );
}
