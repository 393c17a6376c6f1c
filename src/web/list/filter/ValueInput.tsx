import { SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodesInput } from './CodesInput.tsx';
import { DayInput } from './DayInput.tsx';
import classes from './FilterBar.module.css';
import type { Subject } from './filter-kinds.ts';
import type { Draft } from './filter-value.ts';
import { RecordsInput } from './RecordsInput.tsx';

/** Asks for what a filter compares with, by the kind of its field. */
export function ValueInput({
  subject,
  draft,
  onChange,
}: {
  readonly subject: Subject;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  if (draft.choice === 'is empty' || draft.choice === 'is not empty') return null;
  const set = (part: 'value' | 'until') => (text: string) => onChange({ ...draft, [part]: text });

  if (subject.kind === 'yes-no') {
    return (
      <SegmentedControl
        fullWidth
        aria-label={t('list.value')}
        value={draft.value}
        onChange={set('value')}
        data={[
          { value: 'true', label: t('values.yes') },
          { value: 'false', label: t('values.no') },
        ]}
      />
    );
  }
  if (subject.kind === 'codes') {
    return (
      <CodesInput
        values={subject.field.values}
        codes={draft.items}
        onChange={(items) => onChange({ ...draft, items })}
      />
    );
  }
  if (subject.kind === 'records') {
    return (
      <RecordsInput
        to={subject.field.to}
        ids={draft.items}
        onChange={(items) => onChange({ ...draft, items })}
      />
    );
  }
  if (subject.kind === 'day' || subject.kind === 'moment') {
    if (draft.choice !== 'between')
      return (
        <DayInput field={subject.field} label={t('list.value')} value={draft.value} onChange={set('value')} />
      );
    return (
      <>
        <DayInput field={subject.field} label={t('list.from')} value={draft.value} onChange={set('value')} />
        <DayInput field={subject.field} label={t('list.to')} value={draft.until} onChange={set('until')} />
      </>
    );
  }
  const mode = subject.kind === 'number' ? ('decimal' as const) : ('text' as const);
  if (draft.choice === 'between') {
    return (
      <div className={classes.pair}>
        <TextInput
          size="xs"
          label={t('list.from')}
          inputMode={mode}
          value={draft.value}
          onChange={(event) => set('value')(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={t('list.to')}
          inputMode={mode}
          value={draft.until}
          onChange={(event) => set('until')(event.currentTarget.value)}
        />
      </div>
    );
  }
  return (
    <TextInput
      size="xs"
      label={t('list.value')}
      inputMode={mode}
      data-autofocus
      value={draft.value}
      onChange={(event) => set('value')(event.currentTarget.value)}
    />
  );
}
