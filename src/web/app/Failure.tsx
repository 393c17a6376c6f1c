import { Button } from '@mantine/core';
import { IconCloudOff, IconMoodSad } from '@tabler/icons-react';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem, Unreachable } from '../../web-kit/api/problem.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { NotFound } from './NotFound.tsx';

/** A screen that couldn't be shown: why, and a way to try again. */
export function Failure({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const unknown: unknown = error;
  if (unknown instanceof ApiProblem && unknown.status === 404) return <NotFound />;
  if (unknown instanceof ApiProblem && unknown.status === 401) return null;
  const isAway = unknown instanceof Unreachable;
  return (
    <EmptyState
      isPage
      icon={isAway ? IconCloudOff : IconMoodSad}
      title={
        isAway ? t('connection.title') : unknown instanceof ApiProblem ? unknown.title : t('failure.title')
      }
      action={
        <Button
          onClick={() => {
            reset();
            void router.invalidate();
          }}
        >
          {t('common.retry')}
        </Button>
      }
    >
      {unknown instanceof ApiProblem ? unknown.message : isAway ? t('connection.words') : t('failure.words')}
    </EmptyState>
  );
}
