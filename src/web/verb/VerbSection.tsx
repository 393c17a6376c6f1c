import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { Duplicate } from '../../model/duplicate.ts';
import type { ReferenceValue } from '../../model/record.ts';
import type { ApiProblem } from '../../web-kit/api/problem.ts';
import { DuplicateHints } from '../duplicates/DuplicateHints.tsx';
import { useDuplicates } from '../duplicates/use-duplicates.ts';
import type { Draft } from '../form/draft.ts';
import { FormField } from '../form/FormField.tsx';
import { fieldWidth } from '../form/field-width.ts';
import { mistakenFields, mistakesOf } from '../form/mistakes.ts';
import { useJudgement } from '../form/use-judgement.ts';
import { FillEmpty } from './FillEmpty.tsx';
import { type SectionDescription, type SectionDraft, shownFields, taking } from './section-draft.ts';
import classes from './VerbScreen.module.css';

/** A section of a verb's form that is switched on and off: a new record, or one that exists already. */
export function VerbSection({
  entity,
  section,
  draft,
  from,
  offered,
  found,
  related,
  taken,
  error,
  idPrefix,
  isBusy,
  onHinted,
  onChange,
}: {
  readonly entity: EntityDescription;
  readonly section: SectionDescription;
  readonly draft: SectionDraft;
  /** The record that the verb is done to. */
  readonly from: string;
  /** What a new record would get of it. */
  readonly offered: Draft;
  /** What new records may be, because of which the server refused them. */
  readonly found: readonly Duplicate[];
  /** Values that other sections give, for what depends on them: the account of a contact. */
  readonly related: Readonly<Record<string, ReferenceValue>>;
  readonly taken: ReadonlySet<string>;
  readonly error: ApiProblem | null;
  readonly idPrefix: string;
  readonly isBusy: boolean;
  /** Hears whether records are shown that may be there already. */
  readonly onHinted: (section: string, isHinted: boolean) => void;
  readonly onChange: (draft: SectionDraft) => void;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  const mayMake = entity.can.create;
  const isPossible = mayMake || section.takesExisting;
  const isNew = draft.isWanted && !draft.takesExisting;
  const alike = useDuplicates(
    entity,
    { ...draft.values, ...related },
    { isOn: isNew && entity.duplicateFields.length > 0, from },
  );
  const duplicates = alike.length > 0 || !isNew ? alike : found.filter((each) => each.entity === entity.name);
  const isHinted = alike.length > 0;
  useEffect(() => onHinted(section.name, isHinted), [onHinted, section.name, isHinted]);
  const use = ({ id, label }: Duplicate): void => {
    onChange(taking(draft, { id, label }));
    // The button that was pressed goes away with the suggestion.
    requestAnimationFrame(() => document.getElementById(`${idPrefix}-id`)?.focus());
  };

  return (
    <section className={classes.section} aria-labelledby={titleId} data-on={draft.isWanted || undefined}>
      <div className={classes.head}>
        <Switch
          label={
            <h2 id={titleId} className={classes.title}>
              {entity.label.one}
            </h2>
          }
          checked={draft.isWanted}
          disabled={isBusy || !isPossible}
          onChange={({ currentTarget }) => onChange({ ...draft, isWanted: currentTarget.checked })}
        />
        {draft.isWanted && section.takesExisting && mayMake ? (
          <SegmentedControl
            size="xs"
            aria-label={t('verb.which', { entity: entity.label.one })}
            value={draft.takesExisting ? 'existing' : 'new'}
            disabled={isBusy}
            onChange={(value) => onChange({ ...draft, takesExisting: value === 'existing' })}
            data={[
              { value: 'new', label: t('verb.new') },
              { value: 'existing', label: t('verb.existing') },
            ]}
          />
        ) : null}
      </div>
      {isPossible ? null : <p className={classes.quiet}>{t('verb.mayNotMake')}</p>}
      {draft.isWanted && draft.takesExisting ? (
        <Existing
          entity={entity}
          id={`${idPrefix}-id`}
          value={draft.existing}
          error={error}
          isBusy={isBusy}
          onChange={(existing) => onChange(taking(draft, existing))}
        />
      ) : null}
      {draft.isWanted && draft.takesExisting && draft.existing ? (
        <FillEmpty
          entity={entity}
          id={draft.existing.id}
          offered={offered}
          taken={taken}
          isOn={draft.fills}
          isBusy={isBusy}
          onChange={(fills) => onChange({ ...draft, fills })}
        />
      ) : null}
      {isNew ? (
        <>
          <NewRecord
            entity={entity}
            section={section}
            draft={draft}
            taken={taken}
            error={error}
            idPrefix={idPrefix}
            isBusy={isBusy}
            onChange={onChange}
          />
          <DuplicateHints
            duplicates={duplicates}
            actOf={(duplicate) =>
              section.takesExisting && duplicate.entity === entity.name
                ? {
                    label: t('verb.use'),
                    name: t('verb.useOne', { title: duplicate.label ?? '–' }),
                    act: () => use(duplicate),
                  }
                : null
            }
          />
        </>
      ) : null}
    </section>
  );
}

/** Chooses the record that is taken. */
function Existing({
  entity,
  id,
  value,
  error,
  isBusy,
  onChange,
}: {
  readonly entity: EntityDescription;
  readonly id: string;
  readonly value: ReferenceValue | null;
  readonly error: ApiProblem | null;
  readonly isBusy: boolean;
  readonly onChange: (value: ReferenceValue | null) => void;
}) {
  const field: FieldDescription = {
    name: 'id',
    type: 'reference',
    label: entity.label.one,
    help: null,
    required: true,
    readOnly: false,
    system: false,
    unique: false,
    default: null,
    sortable: false,
    indexed: false,
    filterable: false,
    parts: [],
    to: [entity.name],
    values: [],
    list: null,
    options: {},
    classes: [],
    shownWhen: null,
    requiredWhen: null,
    readOnlyWhen: null,
    clearWhenHidden: false,
  };
  const { fields, others } = mistakesOf(error, new Set(['id']));
  const [other] = others;
  return (
    <div className={classes.grid}>
      <FormField
        id={id}
        field={field}
        value={value}
        onChange={(chosen) => onChange(chosen as ReferenceValue | null)}
        mistake={fields['id'] ?? (other === undefined ? undefined : { own: other, parts: {} })}
        disabled={isBusy}
      />
    </div>
  );
}

/** The fields of a new record: those that matter here, the rest on request. */
function NewRecord({
  entity,
  section,
  draft,
  taken,
  error,
  idPrefix,
  isBusy,
  onChange,
}: {
  readonly entity: EntityDescription;
  readonly section: SectionDescription;
  readonly draft: SectionDraft;
  readonly taken: ReadonlySet<string>;
  readonly error: ApiProblem | null;
  readonly idPrefix: string;
  readonly isBusy: boolean;
  readonly onChange: (draft: SectionDraft) => void;
}) {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const [filledFirst] = useState(draft.values);
  const { stateOf } = useJudgement(entity, null, draft.values);
  const all = shownFields(entity, section, { values: {}, mistaken: new Set(), taken, isAll: true });
  const shown = shownFields(entity, section, {
    // What is filled at first stays in sight when it is emptied.
    values: filledFirst,
    mistaken: new Set(mistakenFields(error)),
    taken,
    isAll,
  }).flatMap((field) => {
    const { shown: isShown, required, readOnly } = stateOf(field);
    return isShown && !readOnly ? [{ ...field, required }] : [];
  });
  const { fields: mistakes, others } = mistakesOf(error, new Set(shown.map(({ name }) => name)));
  return (
    <>
      {others.map((words) => (
        <p key={words} className={classes.wrong} role="alert">
          {words}
        </p>
      ))}
      <div className={classes.grid}>
        {shown.map((field) => (
          <div key={field.name} className={classes.cell} data-width={fieldWidth(field.type)}>
            <FormField
              id={`${idPrefix}-${field.name}`}
              field={field}
              value={draft.values[field.name]}
              onChange={(value) => onChange({ ...draft, values: { ...draft.values, [field.name]: value } })}
              mistake={mistakes[field.name]}
              disabled={isBusy}
            />
          </div>
        ))}
      </div>
      {isAll || all.length > shown.length ? (
        <Button
          size="xs"
          variant="subtle"
          className={classes.more ?? ''}
          aria-label={t(isAll ? 'verb.fewerOf' : 'verb.allOf', { entity: entity.label.one })}
          onClick={() => setAll(!isAll)}
        >
          {t(isAll ? 'verb.fewer' : 'verb.all')}
        </Button>
      ) : null}
    </>
  );
}
