import { Button, NativeSelect, Select } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterRow } from '../../../expression/rows.ts';
import classes from './FilterBar.module.css';
import { type Choice, operatorKey, operatorsOf, type Subject } from './filter-kinds.ts';
import { type Draft, emptyDraft, rowOfDraft } from './filter-value.ts';
import { groupedSubjects } from './grouped-subjects.ts';
import { ValueInput } from './ValueInput.tsx';

/** Writes one filter: a field, how it compares, and with what. */
export function FilterEditor({
  subjects,
  subject: known,
  draft: given,
  onApply,
  onCancel,
}: {
  readonly subjects: readonly Subject[];
  readonly subject: Subject | null;
  readonly draft: Draft | null;
  readonly onApply: (row: FilterRow) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [path, setPath] = useState(known?.path ?? null);
  const subject = subjects.find((candidate) => candidate.path === path) ?? null;
  const [draft, setDraft] = useState<Draft | null>(given);
  const row = subject && draft ? rowOfDraft(subject, draft) : null;

  function choose(next: string | null): void {
    const chosen = subjects.find((candidate) => candidate.path === next);
    setPath(next);
    const [first] = chosen ? operatorsOf(chosen.kind) : [];
    setDraft(first ? { ...emptyDraft(first), value: chosen?.kind === 'yes-no' ? 'true' : '' } : null);
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (row) onApply(row);
  }

  return (
    <form className={classes.editor} onSubmit={submit}>
      <Select
        label={t('list.field')}
        placeholder={t('values.choose')}
        size="xs"
        searchable
        allowDeselect={false}
        data-autofocus={path === null || undefined}
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage={t('values.nothing')}
        data={groupedSubjects(subjects)}
        value={path}
        onChange={choose}
      />
      {subject && draft ? (
        <>
          <NativeSelect
            label={t('list.operator')}
            size="xs"
            value={draft.choice}
            onChange={(event) => setDraft({ ...draft, choice: event.currentTarget.value as Choice })}
            data={operatorsOf(subject.kind).map((choice) => ({
              value: choice,
              label: t(operatorKey(choice, subject.kind)),
            }))}
          />
          <ValueInput key={subject.path} subject={subject} draft={draft} onChange={setDraft} />
        </>
      ) : null}
      <div className={classes.buttons}>
        <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={row === null}>
          {t('common.apply')}
        </Button>
      </div>
    </form>
  );
}
