import { Button } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { AppLink } from './AppLink.tsx';

/** An address that leads nowhere, or to something the reader may not see. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      isPage
      icon={IconCompass}
      title={t('notFound.title')}
      action={
        <Button component={AppLink} to="/" variant="default">
          {t('notFound.home')}
        </Button>
      }
    >
      {t('notFound.words')}
    </EmptyState>
  );
}
