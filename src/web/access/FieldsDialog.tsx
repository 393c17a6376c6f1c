import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RoleEntity } from '../../model/role-matrix.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Table } from '../../web-kit/ui/Table.tsx';
import { useDecideField } from './access-queries.ts';

type RoleField = RoleEntity['fields'][number];
type Reach = 'both' | 'read' | 'none';

/** Which fields of an entity a role sees and writes; each choice is saved at once. */
export function FieldsDialog({
  role,
  row,
  onClose,
}: {
  readonly role: string;
  readonly row: RoleEntity;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const decide = useDecideField(role);
  const choose = (field: RoleField, reach: string): void =>
    decide.mutate({
      entity: row.entity,
      field,
      may: reach === reachOf(field.declared) ? null : { read: reach !== 'none', write: reach === 'both' },
    });

  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={t('access.fieldsOf', { entity: row.label })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className="r-muted">{t('access.fieldsWords')}</p>
      {decide.error ? <Notice>{decide.error.message}</Notice> : null}
      <Table
        label={t('access.fieldsOf', { entity: row.label })}
        heads={[t('access.fields'), t('access.action.read')]}
      >
        {row.fields
          .filter((field) => field.canBeHidden || field.isWritten)
          .map((field) => (
            <tr key={field.name}>
              <td>{field.label}</td>
              <td>
                <NativeSelect
                  size="xs"
                  aria-label={field.label}
                  value={reachOf(field.decided ?? field.declared)}
                  disabled={decide.isPending}
                  data={reachesOf(field).map((reach) => ({
                    value: reach,
                    label: t(`access.reach.${reach}`),
                  }))}
                  onChange={(event) => choose(field, event.currentTarget.value)}
                />
              </td>
            </tr>
          ))}
      </Table>
    </Dialog>
  );
}

const reachOf = ({ read, write }: { readonly read: boolean; readonly write: boolean }): Reach =>
  !read ? 'none' : write ? 'both' : 'read';

const reachesOf = (field: RoleField): readonly Reach[] => [
  ...(field.isWritten ? (['both'] as const) : []),
  'read',
  ...(field.canBeHidden ? (['none'] as const) : []),
];
