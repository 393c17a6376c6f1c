import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Face } from '../../web-kit/ui/Face.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { useMe } from '../data/me.ts';
import classes from './Admin.module.css';
import { type User, useSave, wholeQuery } from './admin-queries.ts';
import { OnlyAdministrators } from './OnlyAdministrators.tsx';
import { RowButton } from './RowButton.tsx';
import { SetupList } from './SetupList.tsx';
import { UserForm } from './UserForm.tsx';
import { useRoles } from './use-roles.ts';

/** Who may sign in, in which roles and teams. */
export function Users() {
  return (
    <OnlyAdministrators or="manage-users">
      <UserList />
    </OnlyAdministrators>
  );
}

function UserList() {
  const { t } = useTranslation();
  const me = useMe();
  const confirm = useConfirm();
  const { data, error } = useQuery(wholeQuery<User>('users', 'name'));
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const save = useSave('users');
  const roles = useRoles();
  const roleNames = (user: User): string =>
    user.roles.map(({ id, label }) => roles.find((role) => role.id === id)?.name ?? label).join(', ');
  const names = (of: User['roles']): string => of.map(({ label }) => label).join(', ');

  function toggle(user: User): void {
    const change = (): void => save.mutate({ id: user.id, version: user.version, active: !user.active });
    if (!user.active) change();
    else {
      confirm({
        title: t('admin.user.deactivateTitle', { name: user.name }),
        words: t('admin.user.deactivateWords'),
        label: t('admin.user.deactivate'),
        onConfirm: change,
      });
    }
  }

  return (
    <SetupList
      title={t('admin.users')}
      note={data ? t('admin.user.count', { count: data.length }) : null}
      add={t('admin.user.add')}
      onAdd={() => setEdited('new')}
      failures={[error, save.error]}
      heads={[
        t('admin.user.name'),
        t('admin.user.email'),
        t('admin.user.roles'),
        t('admin.user.teams'),
        t('admin.user.state'),
        '',
      ]}
      rows={
        data?.map((user) => (
          <tr key={user.id} data-inactive={!user.active || undefined} className={classes.row}>
            <td>
              <span className={classes.person}>
                <Face name={user.name} />
                <button type="button" className={classes.name} onClick={() => setEdited(user)}>
                  {user.name}
                </button>
                {user.id === me.user.id ? <span className="r-muted">({t('admin.user.you')})</span> : null}
              </span>
            </td>
            <td>{user.email}</td>
            <td>{roleNames(user)}</td>
            <td>{names(user.memberOf)}</td>
            <td>
              <span className="r-tone" style={{ '--tone': user.active ? 150 : 25 } as React.CSSProperties}>
                {user.active ? t('admin.user.active') : t('admin.user.inactive')}
              </span>
            </td>
            <td>
              {user.id === me.user.id ? null : (
                <RowButton
                  words={user.active ? t('admin.user.deactivate') : t('admin.user.activate')}
                  onClick={() => toggle(user)}
                />
              )}
            </td>
          </tr>
        )) ?? null
      }
    >
      {edited ? <UserForm user={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </SetupList>
  );
}
