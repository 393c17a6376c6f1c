import { Button, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '../../lib/fold.ts';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Dialog } from '../../web-kit/ui/Dialog.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import classes from '../admin/Admin.module.css';
import type { Role } from '../admin/admin-queries.ts';
import { useCopyRole } from './access-queries.ts';

/** Adds a role, empty or like another. */
export function NewRole({
  from,
  onClose,
  onMade,
}: {
  readonly from: Role | null;
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(from ? t('access.copyOf', { name: from.name }) : '');
  const [typed, setTyped] = useState<string | null>(null);
  const copy = useCopyRole();
  const wrong = mistakesByField(copy.error);
  const code = typed ?? codeFrom(name);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    copy.mutate({ from: from?.id ?? null, code, name: name.trim() }, { onSuccess: onMade });
  }

  return (
    <Dialog
      onClose={onClose}
      title={from ? `${t('access.copyRole')}: ${from.name}` : t('access.addRole')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {copy.error && Object.keys(wrong).length === 0 ? <Notice>{copy.error.message}</Notice> : null}
          <TextInput
            label={t('access.roleName')}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong['name']}
          />
          <TextInput
            label={t('access.roleCode')}
            description={t('access.roleCodeHelp')}
            value={code}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={wrong['code']}
          />
        </Stack>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={copy.isPending}>
            {t('common.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** `Field sales` → `field-sales`. */
const codeFrom = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
