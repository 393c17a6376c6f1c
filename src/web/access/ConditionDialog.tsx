import { Button, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleEntity } from '../../model/role-matrix.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import classes from '../admin/Admin.module.css';
import { useDecide } from './access-queries.ts';

/** The condition that narrows a role's right to some records, as an expression; the server checks it. */
export function ConditionDialog({
  role,
  row,
  onClose,
}: {
  readonly role: string;
  readonly row: RoleEntity;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(row.decided?.where ?? '');
  const decide = useDecide(role);
  const wrong = mistakesByField(decide.error);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    decide.mutate({ of: row, where: text.trim() === '' ? null : text.trim() }, { onSuccess: onClose });
  }

  return (
    <Dialog
      onClose={onClose}
      title={`${row.label}: ${t('access.condition')}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        {decide.error && Object.keys(wrong).length === 0 ? <Notice>{decide.error.message}</Notice> : null}
        <Textarea
          label={t('access.condition')}
          description={t('access.conditionWords')}
          placeholder="territory = north or owner = me"
          autosize
          minRows={3}
          maxRows={10}
          spellCheck={false}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={wrong['where']}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={decide.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
