import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Unreachable } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { workspace } from '../app/workspace.ts';
import { useSignIn } from '../data/session.ts';
import { AuthPage } from './AuthPage.tsx';
import classes from './SignIn.module.css';

const route = getRouteApi('/sign-in');

/** Signs in with e-mail and password, then goes back to where one was. */
export function SignIn() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next } = route.useSearch();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: () =>
          router.history.replace(router.history.createHref(`${router.basepath}${next ?? '/'}`)),
      },
    );
  }

  return (
    <AuthPage>
      <h1>{t('session.signIn')}</h1>
      <p>{t('session.signInWords')}</p>
      <form onSubmit={submit}>
        <Stack gap="md">
          {signIn.error ? (
            <Notice
              title={signIn.error instanceof Unreachable ? t('connection.title') : signIn.error.message}
            />
          ) : null}
          <TextInput
            label={t('session.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('session.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" mt={4} loading={signIn.isPending}>
            {t('session.signIn')}
          </Button>
        </Stack>
      </form>
      <p className={classes.where}>
        {t('workspaces.here')} <strong>{workspace}</strong> · <a href="/">{t('workspaces.other')}</a>
      </p>
    </AuthPage>
  );
}
