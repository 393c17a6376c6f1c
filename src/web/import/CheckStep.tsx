import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { ImportDraft } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { Equation } from './Equation.tsx';
import { useImportAct } from './import-data.ts';
import { Notes } from './Notes.tsx';
import { Progress } from './Progress.tsx';
import { RowsPanel } from './RowsPanel.tsx';
import { useImportNote } from './use-import-note.ts';
import classes from './Wizard.module.css';
import { Wizard } from './Wizard.tsx';

/** The dry run: what the import will do with every row, before anything is written. */
export function CheckStep({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const act = useImportAct(draft.id);
  const note = useImportNote(draft);
  const taken = draft.position - draft.failed;

  if (draft.isBusy) {
    return (
      <Wizard title={draft.fileName} note={note} step="check">
        <Progress
          title={t('imports.check.busy')}
          words={t('imports.check.busyWords')}
          done={draft.position}
          all={draft.rows}
        />
      </Wizard>
    );
  }
  const isStopped = draft.state === 'failed';
  return (
    <Wizard
      title={draft.fileName}
      note={note}
      step="check"
      actions={
        <>
          {draft.can.map ? (
            <Button
              variant="default"
              component={AppLink}
              to={paths.import(draft.id)}
              search={{ step: 'columns' }}
            >
              {t('imports.check.toColumns')}
            </Button>
          ) : null}
          {draft.can.check && isStopped ? (
            <Button onClick={() => act.mutate('check')} loading={act.isPending}>
              {t('imports.check.again')}
            </Button>
          ) : null}
          {draft.can.run && !isStopped ? (
            <Button onClick={() => act.mutate('run')} loading={act.isPending} disabled={taken === 0}>
              {t('imports.check.run', { count: taken, n: formatDecimal(locale, taken) })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={classes.told}>
        {act.error ? <Notice>{act.error.message}</Notice> : null}
        {isStopped ? (
          <Notice title={t('imports.check.stopped')}>{draft.stopped}</Notice>
        ) : taken === 0 ? (
          <Notice kind="warning">{t('imports.check.allRefused')}</Notice>
        ) : (
          <Notice kind="info">{t('imports.check.ready')}</Notice>
        )}
      </div>
      <Equation counts={draft} />
      <Notes notes={draft.notes} />
      <RowsPanel draft={draft} outcomes={['failed']} />
    </Wizard>
  );
}
