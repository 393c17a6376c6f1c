import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, actions } from '../../model/access.ts';
import type { RoleEntity } from '../../model/role-matrix.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { levelsOf, useBackToDefault, useDecide } from './access-queries.ts';
import { ConditionDialog } from './ConditionDialog.tsx';
import { FieldsDialog } from './FieldsDialog.tsx';
import classes from './MatrixTable.module.css';

const shownActions: readonly Action[] = ['read', ...actions.filter((action) => action !== 'read')];

/** A role's levels, entity by action; each choice is saved at once. */
export function MatrixTable({
  role,
  label,
  rows,
}: {
  readonly role: string;
  readonly label: string;
  readonly rows: readonly RoleEntity[];
}) {
  const { t } = useTranslation();
  const decide = useDecide(role);
  const back = useBackToDefault();
  const [open, setOpen] = useState<{ readonly entity: string; readonly what: 'condition' | 'fields' } | null>(
    null,
  );
  const opened = open ? rows.find((row) => row.entity === open.entity) : undefined;
  const close = (): void => setOpen(null);
  const failure = decide.error ?? back.error;
  const fieldsText = (row: RoleEntity): string => {
    const count = decidedFields(row);
    return count === 0 ? t('access.noCondition') : t('access.fieldsHidden', { count });
  };
  const conditionText = (row: RoleEntity): string =>
    row.decided && !row.decided.isUnderstood
      ? t('access.broken')
      : (row.decided?.where ?? t('access.noCondition'));
  const isBusy = decide.isPending || back.isPending;

  return (
    <>
      {failure ? <Notice>{failure.message}</Notice> : null}
      <div className={classes.scroll}>
        <table className={classes.matrix} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('access.entity')}</th>
              {shownActions.map((action) => (
                <th key={action} scope="col">
                  {t(`access.action.${action}`)}
                </th>
              ))}
              <th scope="col">{t('access.condition')}</th>
              <th scope="col">{t('access.fields')}</th>
              <th scope="col">{t('access.decided')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.entity} data-decided={row.decided !== null || undefined}>
                <th scope="row">{row.label}</th>
                {shownActions.map((action) => (
                  <td key={action} data-label={t(`access.action.${action}`)}>
                    <NativeSelect
                      size="xs"
                      aria-label={`${row.label}: ${t(`access.action.${action}`)}`}
                      value={levelsOf(row)[action]}
                      disabled={isBusy || row.choices[action].length < 2}
                      data={row.choices[action].map((level) => ({
                        value: level,
                        label: t(`access.level.${level}`),
                      }))}
                      onChange={(event) =>
                        decide.mutate({ of: row, levels: { [action]: event.currentTarget.value } })
                      }
                    />
                  </td>
                ))}
                <td data-label={t('access.condition')}>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color={row.decided && !row.decided.isUnderstood ? 'red' : 'gray'}
                    className={classes.condition ?? ''}
                    aria-label={`${row.label}: ${t('access.condition')}: ${conditionText(row)}`}
                    title={row.decided?.where ?? undefined}
                    onClick={() => setOpen({ entity: row.entity, what: 'condition' })}
                  >
                    {conditionText(row)}
                  </Button>
                </td>
                <td data-label={t('access.fields')}>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color="gray"
                    aria-label={`${row.label}: ${t('access.fields')}: ${fieldsText(row)}`}
                    onClick={() => setOpen({ entity: row.entity, what: 'fields' })}
                  >
                    {fieldsText(row)}
                  </Button>
                </td>
                <td data-label={t('access.decided')}>
                  {row.decided ? (
                    <Button
                      size="compact-xs"
                      variant="light"
                      disabled={isBusy}
                      aria-label={`${row.label}: ${t('access.backToDefault')}`}
                      onClick={() => row.decided && back.mutate(row.decided.id)}
                    >
                      {t('access.backToDefault')}
                    </Button>
                  ) : (
                    <span className="r-muted">{t('access.asDeclared')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && opened && open.what === 'condition' ? (
        <ConditionDialog role={role} row={opened} onClose={close} />
      ) : null}
      {open && opened && open.what === 'fields' ? (
        <FieldsDialog role={role} row={opened} onClose={close} />
      ) : null}
    </>
  );
}

const decidedFields = (row: RoleEntity): number =>
  row.fields.filter(({ decided }) => decided !== null).length;
