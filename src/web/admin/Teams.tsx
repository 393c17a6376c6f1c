import { TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { useConfirm } from '../app/confirm.tsx';
import { entityNamed, useDescription } from '../data/describe.ts';
import { useRemoveRecords } from '../data/records.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import classes from './Admin.module.css';
import { type Named, type User, useSave, wholeQuery } from './admin-queries.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';
import { RowButton } from './RowButton.tsx';
import { SetupList } from './SetupList.tsx';

/** The teams whose members see each other's records. */
export function Teams() {
  const team = entityNamed(useDescription(), 'team');
  return <OnlyAdministrators or="manage-users">{team ? <TeamList team={team} /> : null}</OnlyAdministrators>;
}

function TeamList({ team }: { readonly team: NonNullable<ReturnType<typeof entityNamed>> }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const { data, error } = useQuery(wholeQuery<Named>('teams', 'name'));
  const { data: users = [] } = useQuery(wholeQuery<User>('users', 'name'));
  const [edited, setEdited] = useState<Named | 'new' | null>(null);
  const remove = useRemoveRecords(team);
  const members = (id: string): readonly User[] =>
    users.filter(({ memberOf }) => memberOf.some((one) => one.id === id));

  return (
    <SetupList
      title={t('admin.teams')}
      add={t('admin.team.add')}
      onAdd={() => setEdited('new')}
      failures={[error, remove.error]}
      heads={[t('admin.team.name'), t('admin.users'), '']}
      empty={{ icon: IconUsersGroup, title: t('admin.team.nothing'), words: t('admin.team.nothingWords') }}
      rows={
        data?.map((one) => (
          <tr key={one.id}>
            <td>
              <button type="button" className={classes.name} onClick={() => setEdited(one)}>
                {one.name}
              </button>
            </td>
            <td
              title={members(one.id)
                .map(({ name }) => name)
                .join(', ')}
            >
              {t('admin.team.members', { count: members(one.id).length })}
            </td>
            <td>
              <RowButton
                words={t('common.remove')}
                onClick={() =>
                  confirm({
                    title: t('admin.team.removeTitle', { name: one.name }),
                    words: t('admin.team.removeWords'),
                    label: t('common.remove'),
                    onConfirm: () => remove.mutate([one.id]),
                  })
                }
              />
            </td>
          </tr>
        )) ?? null
      }
    >
      {edited ? <TeamForm team={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </SetupList>
  );
}

function TeamForm({ team, onClose }: { readonly team: Named | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(team?.name ?? '');
  const save = useSave('teams');
  const wrong = mistakesByField(save.error);

  function submit(): void {
    save.mutate(
      { ...(team ? { id: team.id, version: team.version } : {}), name: name.trim() },
      { onSuccess: onClose },
    );
  }

  return (
    <FormDialog
      title={team ? t('common.rename') : t('admin.team.add')}
      button={team ? t('common.save') : t('common.add')}
      save={save}
      fields={['name']}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('admin.team.name')}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong['name']}
      />
    </FormDialog>
  );
}
