import { MultiSelect, PasswordInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { locales } from '../../lib/locale.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { useMe } from '../data/me.ts';
import { FormDialog } from '../form/FormDialog.tsx';
import { type Named, type User, useSave, wholeQuery } from './admin-queries.ts';
import { useRoles } from './use-roles.ts';

/** Adds a user with a first password, or changes one. */
export function UserForm({ user, onClose }: { readonly user: User | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const save = useSave('users');
  const roles = useRoles();
  const { data: teams = [] } = useQuery(wholeQuery<Named>('teams', 'name'));
  const [values, setValues] = useState({
    name: user?.name ?? '',
    email: user?.email ?? '',
    locale: user?.locale ?? me.user.locale,
    roles: user?.roles.map(({ id }) => id) ?? [],
    memberOf: user?.memberOf.map(({ id }) => id) ?? [],
  });
  const [password, setPassword] = useState('');
  const wrong = mistakesByField(save.error);
  const set = <K extends keyof typeof values>(name: K, value: (typeof values)[K]): void =>
    setValues((before) => ({ ...before, [name]: value }));
  const options = (records: readonly Named[]) => records.map(({ id, name }) => ({ value: id, label: name }));

  function submit(): void {
    const more = user ? { id: user.id, version: user.version } : { password, timeZone: me.user.timeZone };
    save.mutate({ ...values, ...more }, { onSuccess: onClose });
  }

  return (
    <FormDialog
      title={user ? t('admin.user.edit') : t('admin.user.add')}
      button={user ? t('common.save') : t('common.add')}
      save={save}
      fields={[...Object.keys(values), ...(user ? [] : ['password'])]}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('admin.user.name')}
        data-autofocus
        value={values.name}
        onChange={(event) => set('name', event.currentTarget.value)}
        error={wrong['name']}
      />
      <TextInput
        label={t('admin.user.email')}
        type="email"
        autoComplete="off"
        value={values.email}
        onChange={(event) => set('email', event.currentTarget.value)}
        error={wrong['email']}
      />
      {user ? null : (
        <PasswordInput
          label={t('admin.user.password')}
          description={wrong['password'] ? null : t('admin.user.passwordHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong['password']}
        />
      )}
      <MultiSelect
        label={t('admin.user.roles')}
        data={options(roles)}
        value={values.roles}
        onChange={(ids) => set('roles', ids)}
        error={wrong['roles']}
      />
      <MultiSelect
        label={t('admin.user.teams')}
        data={options(teams)}
        value={values.memberOf}
        onChange={(ids) => set('memberOf', ids)}
        error={wrong['memberOf']}
      />
      <Select
        label={t('admin.user.language')}
        data={locales.map((code) => ({ value: code, label: t(`languages.${code}`) }))}
        value={values.locale}
        onChange={(code) => code && set('locale', code)}
        allowDeselect={false}
        error={wrong['locale']}
      />
    </FormDialog>
  );
}
