import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import type { Role } from '../admin/admin-queries.ts';
import { codeFrom } from '../admin/code-from.ts';
import { FormDialog } from '../form/FormDialog.tsx';
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

  function submit(): void {
    copy.mutate({ from: from?.id ?? null, code, name: name.trim() }, { onSuccess: onMade });
  }

  return (
    <FormDialog
      title={from ? `${t('access.copyRole')}: ${from.name}` : t('access.addRole')}
      button={t('common.add')}
      save={copy}
      fields={['name', 'code']}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
