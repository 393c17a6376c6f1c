import { Button, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createApi } from '../../web-kit/api/client.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { forgetWorkspace, knownWorkspaces } from '../app/known-workspaces.ts';
import { i18n } from '../i18n/i18n.ts';
import { AuthPage } from './AuthPage.tsx';

/** Asks somebody who came without the name of a workspace for it, and offers those that this browser knows. */
export function ChooseWorkspace() {
  const { t } = useTranslation();
  const [known, setKnown] = useState(knownWorkspaces);
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);

  async function enter(wanted: string): Promise<void> {
    setAsking(true);
    setWrong(null);
    const path = `/w/${encodeURIComponent(wanted)}`;
    try {
      await createApi(`${path}/api/v1`, () => i18n.language).get('/setup');
      window.location.assign(`${path}/`);
    } catch (error) {
      setAsking(false);
      setWrong(error instanceof ApiProblem ? error.message : t('connection.title'));
      if (!(error instanceof ApiProblem) || error.status !== 404) return;
      forgetWorkspace(wanted);
      setKnown(knownWorkspaces());
    }
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const wanted = name.trim().toLowerCase();
    if (wanted) void enter(wanted);
  }

  return (
    <AuthPage>
      <h1>{t('workspaces.choose')}</h1>
      <p>{t('workspaces.chooseWords')}</p>
      <Stack gap="md">
        {known.map((each) => (
          <Button key={each} variant="default" size="md" disabled={isAsking} onClick={() => void enter(each)}>
            {each}
          </Button>
        ))}
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label={t('workspaces.name')}
              description={t('workspaces.nameHelp')}
              autoComplete="organization"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={60}
              required
              withAsterisk={false}
              autoFocus={known.length === 0}
              value={name}
              error={wrong}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              size="md"
              variant={known.length > 0 ? 'default' : 'filled'}
              loading={isAsking}
            >
              {t('workspaces.enter')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </AuthPage>
  );
}
