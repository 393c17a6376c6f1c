import { MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut, ReferenceValue } from '../../model/record.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { tell } from '../app/tell.ts';
import { fieldNamed } from '../data/describe.ts';
import { useMe } from '../data/me.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import type { ListState } from '../list/use-list-state.ts';
import { type ListedView, useViewWrites, type ViewValues } from './view-data.ts';

type Shared = ViewValues['shared'];

/** Names a view and says who sees it; a new one takes what the list shows now. */
export function ViewDialog({
  entity,
  saved,
  state,
  view,
  onClose,
  onSaved,
}: {
  readonly entity: EntityDescription;
  /** What is told of saved views themselves: the words of their fields. */
  readonly saved: EntityDescription;
  readonly state: ListState;
  /** The one to change; null = a new one. */
  readonly view: ListedView | null;
  readonly onClose: () => void;
  /** With the view to open, where it is a new one. */
  readonly onSaved: (view: ListedView | null) => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const { create, change } = useViewWrites();
  const record = view?.record ?? null;
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState<Shared>((record?.['shared'] as Shared | undefined) ?? 'private');
  const held = (record?.['teams'] as readonly ReferenceValue[] | undefined) ?? me.user.teams;
  const [teams, setTeams] = useState<readonly string[]>(() => held.map(({ id }) => id));
  const options = fieldNamed(saved, 'shared')?.values ?? [];
  const known = new Map([...me.user.teams, ...held].map((team) => [team.id, team.label ?? '…']));
  const failed = create.error ?? change.error;
  const mistakes = mistakesByField(failed);

  function submit(): void {
    const common = { name: name.trim(), shared, teams };
    const onSuccess = (made: RecordOut): void => {
      tell(t('views.saved', { name: common.name }));
      onSaved(view ? null : opened(made));
    };
    if (record) change.mutate({ record, values: common }, { onSuccess });
    else create.mutate({ ...common, ...shownBy(entity, state) }, { onSuccess });
  }

  return (
    <FormDialog
      title={view ? t('views.edit') : t('views.saveAs')}
      button={t('common.save')}
      save={{ error: failed, isPending: create.isPending || change.isPending }}
      fields={['name', 'shared', ...(shared === 'teams' ? ['teams'] : [])]}
      isDisabled={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={fieldNamed(saved, 'name')?.label}
        required
        maxLength={120}
        data-autofocus
        value={name}
        error={mistakes['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={fieldNamed(saved, 'shared')?.label}
        value={shared}
        error={mistakes['shared']}
        onChange={(value) => setShared(value)}
      >
        <Stack gap={8} mt={6}>
          {options.map(({ code, label }) => (
            <Radio key={code} value={code} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      {shared === 'teams' ? (
        <MultiSelect
          label={fieldNamed(saved, 'teams')?.label}
          data={[...known].map(([value, label]) => ({ value, label }))}
          value={[...teams]}
          error={mistakes['teams']}
          onChange={setTeams}
        />
      ) : null}
    </FormDialog>
  );
}

/** What the list or board on the screen shows, as a view keeps it. */
const shownBy = (entity: EntityDescription, state: ListState) => ({
  entity: entity.name,
  where: state.search.where ?? null,
  sort: state.sort,
  columns: state.columns.map(({ field }) => field.name).join(','),
  display: window.location.pathname.endsWith('/board') ? ('board' as const) : ('list' as const),
});

function opened(record: RecordOut): ListedView {
  const text = (name: string): string | null => (typeof record[name] === 'string' ? record[name] : null);
  return {
    key: record.id,
    name: text('name') ?? '',
    where: text('where'),
    sort: text('sort'),
    columns: text('columns'),
    display: record['display'] === 'board' ? 'board' : 'list',
    record,
  };
}
