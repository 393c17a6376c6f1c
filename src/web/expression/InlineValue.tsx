import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescription } from '../data/describe.ts';
import { findRecords } from '../data/find-records.ts';
import { DayInput } from '../list/filter/DayInput.tsx';
import type { Subject } from '../list/filter/filter-kinds.ts';
import type { Draft } from '../list/filter/filter-value.ts';
import { useRecordLabels } from '../list/filter/record-labels.ts';
import classes from './Builder.module.css';

/** What a row of the builder compares with, on one line: the input that its field's kind of value needs. */
export function InlineValue({
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
  const name = t('list.value');

  if (subject.kind === 'yes-no') {
    return (
      <NativeSelect
        size="xs"
        aria-label={name}
        value={draft.value}
        onChange={(event) => set('value')(event.currentTarget.value)}
        data={[
          { value: 'true', label: t('values.yes') },
          { value: 'false', label: t('values.no') },
        ]}
      />
    );
  }
  if (subject.kind === 'codes') {
    const known = subject.field.values.map(({ code, label }) => ({ value: code, label }));
    const lost = draft.items.filter((item) => !known.some(({ value }) => value === item));
    return (
      <MultiSelect
        size="xs"
        aria-label={name}
        searchable
        hidePickedOptions
        placeholder={draft.items.length === 0 ? t('values.choose') : ''}
        nothingFoundMessage={t('values.nothing')}
        data={[...known, ...lost]}
        value={[...draft.items]}
        onChange={(items) => onChange({ ...draft, items })}
      />
    );
  }
  if (subject.kind === 'records')
    return <InlineRecords subject={subject} draft={draft} onChange={onChange} />;
  if (subject.kind === 'day' || subject.kind === 'moment') {
    if (draft.choice !== 'between')
      return (
        <DayInput field={subject.field} label={name} isBare value={draft.value} onChange={set('value')} />
      );
    return (
      <div className={classes.between}>
        <DayInput
          field={subject.field}
          label={t('list.from')}
          isBare
          value={draft.value}
          onChange={set('value')}
        />
        <DayInput
          field={subject.field}
          label={t('list.to')}
          isBare
          value={draft.until}
          onChange={set('until')}
        />
      </div>
    );
  }
  const text = (label: string, part: 'value' | 'until') => (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={part === 'value' && draft.choice !== 'between' ? undefined : label}
      inputMode={subject.kind === 'number' ? 'decimal' : 'text'}
      value={draft[part]}
      onChange={(event) => set(part)(event.currentTarget.value)}
    />
  );
  if (draft.choice !== 'between') return text(name, 'value');
  return (
    <div className={classes.between}>
      {text(t('list.from'), 'value')}
      {text(t('list.to'), 'until')}
    </div>
  );
}

/** Records chosen by their titles; of users oneself, of teams one's own, come first. */
function InlineRecords({
  subject,
  draft,
  onChange,
}: {
  readonly subject: Subject;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const { to } = subject.field;
  const { data } = useQuery({
    queryKey: ['records', to.join(), 'find', asked],
    queryFn: ({ signal }) => findRecords(description, to, asked, signal),
    placeholderData: (before) => before,
  });
  const ids = draft.items.filter((id) => id.length === 36);
  const labelOf = useRecordLabels(to, ids);
  const found = new Map((data ?? []).map(({ id, label }) => [id, label]));
  const words = [
    ...(to.includes('user') ? [{ value: 'me', label: t('values.me') }] : []),
    ...(to.includes('team') ? [{ value: 'my teams', label: t('values.myTeams') }] : []),
  ];
  const picked = ids.filter((id) => !found.has(id)).map((id) => ({ value: id, label: labelOf(id) ?? '…' }));
  const options = [...found].map(([value, label]) => ({ value, label }));

  return (
    <MultiSelect
      size="xs"
      aria-label={t('list.value')}
      searchable
      hidePickedOptions
      placeholder={draft.items.length === 0 ? t('values.choose') : ''}
      nothingFoundMessage={t('values.nothing')}
      // The server has searched already, without accents and by parts.
      filter={({ options: all }) => all}
      searchValue={text}
      onSearchChange={setText}
      data={[...words, ...picked, ...options]}
      value={[...draft.items]}
      onChange={(items) => onChange({ ...draft, items })}
    />
  );
}
