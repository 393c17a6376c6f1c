import { Checkbox, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { administrator } from '../../model/access.ts';
import type { RoleMatrix } from '../../model/role-matrix.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { type Role, useSave } from '../admin/admin-queries.ts';
import { OnlyAdministrators } from '../admin/OnlyAdministrators.tsx';
import { useRoles } from '../admin/use-roles.ts';
import { fieldNamed, useEntity } from '../data/describe.ts';
import { matrixQuery } from './access-queries.ts';
import { MatrixTable } from './MatrixTable.tsx';

/** What one role may do. */
export function RoleScreen() {
  const { id } = useParams({ strict: false });
  return <OnlyAdministrators>{id ? <OneRole id={id} /> : null}</OnlyAdministrators>;
}

function OneRole({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const role = useRoles().find((each) => each.id === id);
  const { data: matrix, error } = useQuery(matrixQuery(id));
  if (error) return <Notice>{error.message}</Notice>;
  if (!role || !matrix) return <Skeleton height={240} />;
  if (role.code === administrator) {
    return (
      <Page isWide title={role.name}>
        <Notice kind="info">{t('access.builtIn')}</Notice>
      </Page>
    );
  }
  return (
    <Page isWide title={role.name}>
      <Panel title={t('access.special')} note={t('access.specialWords')}>
        <SpecialRights role={role} matrix={matrix} />
      </Panel>
      <Panel title={t('access.records')} note={t('access.recordsWords')}>
        <MatrixTable
          role={id}
          label={t('access.records')}
          rows={matrix.entities.filter((row) => !row.system)}
        />
      </Panel>
      <Panel title={t('access.setup')}>
        <MatrixTable role={id} label={t('access.setup')} rows={matrix.entities.filter((row) => row.system)} />
      </Panel>
    </Page>
  );
}

/** What the role may do that otherwise only administrators do; each change is saved at once. */
function SpecialRights({ role, matrix }: { readonly role: Role; readonly matrix: RoleMatrix }) {
  const entity = useEntity('role');
  const save = useSave('roles');
  const values = entity ? (fieldNamed(entity, 'special')?.values ?? []) : [];
  const toggle = (code: string, on: boolean): void =>
    save.mutate({
      id: role.id,
      version: role.version,
      special: [...matrix.special.filter((each) => each !== code), ...(on ? [code] : [])],
    });
  return (
    <Stack gap={10}>
      {save.error ? <Notice>{save.error.message}</Notice> : null}
      {values.map(({ code, label }) => (
        <Checkbox
          key={code}
          label={label}
          checked={matrix.special.some((each) => each === code)}
          disabled={save.isPending}
          onChange={(event) => toggle(code, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
