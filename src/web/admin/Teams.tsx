import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { entityNamed, useDescription } from '../data/describe.ts';
import { useRemoveRecords } from '../data/records.ts';
import classes from './Admin.module.css';
import { type Named, type User, useSave, wholeQuery } from './admin-queries.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';

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
  const add = (
    <Button leftSection={<IconPlus size={17} stroke={2} aria-hidden />} onClick={() => setEdited('new')}>
      {t('admin.team.add')}
    </Button>
  );
  const members = (id: string): readonly User[] =>
    users.filter(({ memberOf }) => memberOf.some((one) => one.id === id));

  return (
    <Page isWide title={t('admin.teams')} actions={data?.length === 0 ? null : add}>
      {[error, remove.error].map((failure) =>
        failure ? <Notice key={failure.message}>{failure.message}</Notice> : null,
      )}
      {data?.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('admin.team.nothing')} action={add}>
          {t('admin.team.nothingWords')}
        </EmptyState>
      ) : data ? (
        <Table label={t('admin.teams')} heads={[t('admin.team.name'), t('admin.users'), '']}>
          {data.map((one) => (
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
                <Button
                  size="xs"
                  variant="subtle"
                  color="gray"
                  onClick={() =>
                    confirm({
                      title: t('admin.team.removeTitle', { name: one.name }),
                      words: t('admin.team.removeWords'),
                      label: t('common.remove'),
                      onConfirm: () => remove.mutate([one.id]),
                    })
                  }
                >
                  {t('common.remove')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <Skeleton height={120} />
      )}
      {edited ? <TeamForm team={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </Page>
  );
}

function TeamForm({ team, onClose }: { readonly team: Named | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(team?.name ?? '');
  const save = useSave('teams');
  const wrong = mistakesByField(save.error);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    save.mutate(
      { ...(team ? { id: team.id, version: team.version } : {}), name: name.trim() },
      { onSuccess: onClose },
    );
  }

  return (
    <Dialog
      onClose={onClose}
      title={team ? t('common.rename') : t('admin.team.add')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        {save.error && Object.keys(wrong).length === 0 ? <Notice>{save.error.message}</Notice> : null}
        <TextInput
          label={t('admin.team.name')}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong['name']}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {team ? t('common.save') : t('common.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
