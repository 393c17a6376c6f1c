import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { Erased } from '../../model/erased.ts';
import type { RecordOut } from '../../model/record.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { tell } from '../app/tell.ts';
import { api } from '../data/api.ts';
import { entityNamed, fieldNamed, titleOf, useDescription } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';
import classes from './BatchUndoDialog.module.css';

/** Says what erasing a person means, does it when that is understood, and shows who else still names the person. */
export function EraseDialog({
  entity,
  record,
  onClose,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const client = useQueryClient();
  const [isUnderstood, setUnderstood] = useState(false);
  // The name is gone from the record while the dialog is still open.
  const [title] = useState(titleOf(entity, record));
  const erasing = useMutation({
    mutationFn: () => api.post<Erased>(`/${entity.plural}/${record.id}/erase`, { confirm: true }),
    onSuccess: async ({ mentions }) => {
      await recordsChanged(client);
      if (mentions.length > 0) return;
      tell(t('record.erase.done'));
      onClose();
    },
  });
  const mentions = erasing.data?.mentions ?? [];

  return (
    <Dialog
      onClose={onClose}
      title={erasing.data ? t('record.erase.done') : t('record.erase.title', { title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {erasing.error ? <Notice>{erasing.error.message}</Notice> : null}
      {erasing.data ? (
        <>
          <p className={classes.words}>{t('record.erase.mentions')}</p>
          <ul className={classes.records}>
            {mentions.map((one) => {
              const other = entityNamed(description, one.entity);
              const field = other && fieldNamed(other, one.field);
              return (
                <li key={`${one.entity} ${one.id} ${one.field} ${one.where}`}>
                  {other ? (
                    <AppLink to={paths.record(other.plural, one.id)}>{one.label ?? other.label.one}</AppLink>
                  ) : (
                    (one.label ?? one.entity)
                  )}
                  <span className="r-muted">
                    {field?.label ?? one.field}
                    {one.where === 'history' ? ` (${t('record.erase.inHistory')})` : ''}
                  </span>
                </li>
              );
            })}
          </ul>
          {erasing.data.complete ? null : <p className={classes.words}>{t('record.erase.more')}</p>}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose}>
              {t('common.close')}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Text size="sm">{t('record.erase.words')}</Text>
          <Text size="sm" fw={500} mt="sm">
            {t('record.erase.warning')}
          </Text>
          <Checkbox
            mt="lg"
            label={t('record.erase.understood')}
            checked={isUnderstood}
            onChange={({ currentTarget }) => setUnderstood(currentTarget.checked)}
          />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              color="brick"
              disabled={!isUnderstood}
              loading={erasing.isPending}
              onClick={() => erasing.mutate()}
            >
              {t('record.erase.confirm')}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}
