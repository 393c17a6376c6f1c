import { Button } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatMoment } from '../../fields/format.browser.ts';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { Pending } from '../app/Pending.tsx';
import { bulkRunsQuery } from './bulk-data.ts';
import classes from './RunsScreen.module.css';
import { RunView } from './RunView.tsx';

/** What was done to many records at once, newest first: each with its outcome and its undo. */
export function RunsScreen() {
  const { t } = useTranslation();
  const { locale, timeZone } = useFieldView();
  const runs = useQuery(bulkRunsQuery);
  const items = runs.data?.items ?? [];
  return (
    <>
      <PageHeader title={t('bulk.runs')} />
      {runs.isPending ? (
        <Pending />
      ) : runs.error && !runs.data ? (
        <div className={classes.words}>
          <Notice
            title={runs.error.message}
            action={
              <Button variant="default" size="xs" onClick={() => void runs.refetch()}>
                {t('common.retry')}
              </Button>
            }
          />
        </div>
      ) : items.length === 0 ? (
        <EmptyState icon={IconStack2} title={t('bulk.noRuns')}>
          {t('bulk.noRunsWords')}
        </EmptyState>
      ) : (
        <>
          <p className={classes.words}>{t('bulk.runsWords')}</p>
          <ul className={classes.list} aria-label={t('bulk.runs')}>
            {items.map((run) => (
              <li key={run.id}>
                <RunView
                  run={run}
                  about={[run.createdBy?.label, formatMoment(locale, run.createdAt, timeZone)]
                    .filter(Boolean)
                    .join(' · ')}
                  opensRefused={false}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
