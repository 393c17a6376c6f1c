import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { useReachable } from '../data/reachable.ts';
import classes from './ConnectionBanner.module.css';

/** Says calmly that the server doesn't answer; what is on the screen stays. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const client = useQueryClient();
  if (useReachable()) return null;
  return (
    <div className={classes.banner}>
      <Notice
        kind="warning"
        title={t('connection.title')}
        action={
          <Button size="xs" variant="default" onClick={() => void client.refetchQueries({ type: 'active' })}>
            {t('common.retry')}
          </Button>
        }
      >
        {t('connection.words')}
      </Notice>
    </div>
  );
}
