import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportSet } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { Equation } from './Equation.tsx';
import { FileLines } from './FileLines.tsx';
import { useImportAct } from './import-data.ts';
import { Notes } from './Notes.tsx';
import { Progress } from './Progress.tsx';
import { RowsOfFiles } from './RowsOfFiles.tsx';
import { useImportNote } from './use-import-note.ts';
import { useSetTitle } from './use-set-title.ts';
import classes from './Wizard.module.css';
import { Wizard } from './Wizard.tsx';

/** The dry run: what the import will do with every row of every file, before anything is written. */
export function CheckStep({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const act = useImportAct(set.id);
  const title = useSetTitle(set.files.map(({ fileName }) => fileName));
  const note = useImportNote(set);
  const taken = set.position - set.failed;

  if (set.isBusy) {
    return (
      <Wizard title={title} note={note} step="check">
        <Progress
          title={t('imports.check.busy', { count: set.files.length })}
          words={t('imports.check.busyWords')}
          done={set.position}
          all={set.rows}
          set={set}
        />
      </Wizard>
    );
  }
  const isStopped = set.state === 'failed' || set.state === 'cancelled';
  return (
    <Wizard
      title={title}
      note={note}
      step="check"
      actions={
        <>
          {set.can.map ? (
            <Button
              variant="default"
              component={AppLink}
              to={paths.import(set.id)}
              search={{ step: 'columns' }}
            >
              {t('imports.check.toColumns')}
            </Button>
          ) : null}
          {set.can.check && isStopped ? (
            <Button onClick={() => act.mutate('check')} loading={act.isPending}>
              {t('imports.check.again')}
            </Button>
          ) : set.can.run ? (
            <Button onClick={() => act.mutate('run')} loading={act.isPending} disabled={taken === 0}>
              {t('imports.check.run', { count: taken, n: formatDecimal(locale, taken) })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={classes.told}>
        {act.error ? <Notice>{act.error.message}</Notice> : null}
        {set.state === 'cancelled' ? (
          <Notice kind="warning" title={t('imports.run.cancelled')}>
            {t('imports.check.nothingWritten')}
          </Notice>
        ) : isStopped ? (
          <Notice title={t('imports.run.stopped')}>
            {set.stopped} {t('imports.check.nothingWritten')}
          </Notice>
        ) : taken === 0 ? (
          <Notice kind="warning">{t('imports.check.allRefused')}</Notice>
        ) : (
          <Notice kind="info">{t('imports.check.ready')}</Notice>
        )}
      </div>
      {isStopped ? null : <Equation counts={set} />}
      <FileLines files={set.files} title={t('imports.set.order')} />
      <Notes files={set.files} />
      <RowsOfFiles files={set.files} outcomes={['failed']} />
    </Wizard>
  );
}
