import { Button, Skeleton } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../web-kit/ui/EmptyState.tsx';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { useDescription } from '../data/describe.ts';
import { ImportLine } from './ImportLine.tsx';
import { ImportsNotAllowed } from './ImportsNotAllowed.tsx';
import classes from './ImportsScreen.module.css';
import { importsQuery } from './import-data.ts';

/** Every import the reader may see, newest first, and the way to a new one. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const { entities } = useDescription();
  const imports = useQuery(importsQuery);
  const mayImport = entities.some((entity) => entity.importable && entity.can.import);
  if (!mayImport) return <ImportsNotAllowed />;

  const start = (
    <Button
      component={AppLink}
      to={paths.newImport}
      leftSection={<IconPlus size={17} stroke={2} aria-hidden />}
    >
      {t('imports.start')}
    </Button>
  );
  const items = imports.data?.items ?? [];
  const isEmpty = imports.isSuccess && items.length === 0;
  return (
    <>
      <PageHeader title={t('imports.title')}>{isEmpty ? null : start}</PageHeader>
      {imports.error && !imports.data ? (
        <div className={classes.words}>
          <Notice
            title={imports.error.message}
            action={
              <Button variant="default" size="xs" onClick={() => void imports.refetch()}>
                {t('common.retry')}
              </Button>
            }
          />
        </div>
      ) : isEmpty ? (
        <EmptyState icon={IconFileImport} title={t('imports.none')} action={start}>
          {t('imports.noneWords')}
        </EmptyState>
      ) : (
        <>
          <p className={classes.words}>{t('imports.words')}</p>
          <div className={classes.head} aria-hidden>
            {(['file', 'state', 'result', 'when'] as const).map((name) => (
              <span key={name}>{t(`imports.${name}`)}</span>
            ))}
          </div>
          <ul className={classes.list} aria-label={t('imports.title')}>
            {imports.isPending
              ? [1, 2, 3].map((row) => (
                  <li key={row} className={classes.line}>
                    <Skeleton height={18} width="60%" />
                  </li>
                ))
              : items.map((item) => <ImportLine key={item.id} item={item} />)}
          </ul>
        </>
      )}
    </>
  );
}
