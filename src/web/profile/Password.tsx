import { Button, PasswordInput, SimpleGrid } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mistakesByField } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { tell } from '../app/tell.ts';
import { useChangePassword } from '../data/account.ts';
import { useMe } from '../data/me.ts';

/** Changes one's own password. */
export function Password() {
  const { t } = useTranslation();
  const { user } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChangePassword();
  const wrong = mistakesByField(change.error);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          tell(t('profile.passwordChanged'));
        },
      },
    );
  }

  return (
    <Panel title={t('profile.passwordTitle')} note={t('profile.passwordWords')}>
      <form onSubmit={submit}>
        {change.error && Object.keys(wrong).length === 0 ? <Notice>{change.error.message}</Notice> : null}
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <PasswordInput
            label={t('profile.current')}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={wrong['current']}
          />
          <PasswordInput
            label={t('profile.next')}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={wrong['next']}
          />
        </SimpleGrid>
        <Button
          type="submit"
          variant="default"
          mt="md"
          disabled={!current || !next}
          loading={change.isPending}
        >
          {t('profile.changePassword')}
        </Button>
      </form>
    </Panel>
  );
}
