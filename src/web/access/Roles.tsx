import { Button, Group, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { administrator } from '../../model/access.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Page } from '../../web-kit/ui/Page.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import type { Role } from '../admin/admin-queries.ts';
import { OnlyAdministrators } from '../admin/OnlyAdministrators.tsx';
import { useRoles } from '../admin/use-roles.ts';
import { AppLink } from '../app/AppLink.tsx';
import { useConfirm } from '../app/confirm.tsx';
import { paths } from '../app/paths.ts';
import { useEntity } from '../data/describe.ts';
import { useRemoveRecords } from '../data/records.ts';
import { NewRole } from './NewRole.tsx';

/** The roles that people have, and what each may do. */
export function Roles() {
  const role = useEntity('role');
  return <OnlyAdministrators>{role ? <RoleList role={role} /> : null}</OnlyAdministrators>;
}

function RoleList({ role }: { readonly role: NonNullable<ReturnType<typeof useEntity>> }) {
  const { t } = useTranslation();
  const roles = useRoles();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useRemoveRecords(role);
  const [copied, setCopied] = useState<Role | 'none' | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={17} stroke={2} aria-hidden />} onClick={() => setCopied('none')}>
      {t('access.addRole')}
    </Button>
  );

  return (
    <Page isWide title={t('access.roles')} actions={add}>
      <p className="r-muted">{t('access.rolesWords')}</p>
      {remove.error ? <Notice>{remove.error.message}</Notice> : null}
      {roles.length === 0 ? (
        <Skeleton height={120} />
      ) : (
        <Table label={t('access.roles')} heads={[t('access.roleName'), t('access.roleCode'), '']}>
          {roles.map((one) => (
            <tr key={one.id}>
              <td>
                <AppLink to={paths.role(one.id)}>{one.name}</AppLink>
              </td>
              <td>
                <code>{one.code}</code>
              </td>
              <td>
                <Group gap={4} justify="flex-end">
                  <Button
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`${t('access.copyRole')}: ${one.name}`}
                    onClick={() => setCopied(one)}
                  >
                    {t('access.copyRole')}
                  </Button>
                  {one.code === administrator ? null : (
                    <Button
                      size="xs"
                      variant="subtle"
                      color="gray"
                      aria-label={`${t('common.remove')}: ${one.name}`}
                      onClick={() =>
                        confirm({
                          title: t('access.removeTitle', { name: one.name }),
                          words: t('access.removeWords'),
                          label: t('common.remove'),
                          onConfirm: () => remove.mutate([one.id]),
                        })
                      }
                    >
                      {t('common.remove')}
                    </Button>
                  )}
                </Group>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {copied ? (
        <NewRole
          from={copied === 'none' ? null : copied}
          onClose={() => setCopied(null)}
          onMade={(id) => void navigate({ to: paths.role(id) as '/' })}
        />
      ) : null}
    </Page>
  );
}
