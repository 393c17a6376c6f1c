import '../web-kit/theme/styles.ts';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { cssVariables, theme } from '../web-kit/theme/theme.ts';
import { router } from './app/router.ts';
import { hasWorkspace } from './app/workspace.ts';
import { ChooseWorkspace } from './auth/ChooseWorkspace.tsx';
import { queryClient, whenSignedOut } from './data/query-client.ts';
import { guessedLocale, i18n, startI18n } from './i18n/i18n.ts';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'rapport-color-scheme' });

async function start(): Promise<void> {
  await startI18n(guessedLocale());
  whenSignedOut(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in' || pathname === '/setup') return;
    queryClient.clear();
    void router.navigate({ to: '/sign-in', search: { next: href === '/' ? undefined : href } });
  });
  const place = document.getElementById('app');
  if (!place) throw new Error('the page holds no #app');
  createRoot(place).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
    >
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Notifications position="bottom-center" />
            {hasWorkspace ? <RouterProvider router={router} /> : <ChooseWorkspace />}
          </ModalsProvider>
        </QueryClientProvider>
      </I18nextProvider>
    </MantineProvider>,
  );
}

void start();
