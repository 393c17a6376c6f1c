import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportDraft } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { useEntity } from '../data/describe.ts';
import { Equation, outcomes } from './Equation.tsx';
import { useImportAct } from './import-data.ts';
import { importedWhere } from './imported-where.ts';
import { Notes } from './Notes.tsx';
import { Progress } from './Progress.tsx';
import { RowsPanel } from './RowsPanel.tsx';
import { UndoReport } from './UndoReport.tsx';
import { useImportNote } from './use-import-note.ts';
import { useUndoImport } from './use-undo-import.tsx';
import classes from './Wizard.module.css';
import { Wizard } from './Wizard.tsx';

/** The real import: its progress, what came of it, and its undoing. */
export function RunStep({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation();
  const entity = useEntity(draft.entity);
  const act = useImportAct(draft.id);
  const undo = useUndoImport(draft);
  const note = useImportNote(draft);

  if (draft.isBusy) {
    const isUndo = draft.state === 'undoing';
    return (
      <Wizard title={draft.fileName} note={note} step="run">
        {isUndo ? (
          <Progress
            key="undo"
            title={t('imports.run.undoing')}
            words={t('imports.run.undoingWords')}
            unit="records"
            done={draft.undo?.done ?? 0}
            all={draft.undo?.of ?? 0}
          />
        ) : (
          <Progress
            key="run"
            title={t('imports.run.busy')}
            words={t('imports.run.busyWords')}
            done={draft.position}
            all={draft.rows}
          />
        )}
      </Wizard>
    );
  }

  const isUndone = draft.state === 'undone';
  const taken = draft.created + draft.updated;
  return (
    <Wizard
      title={draft.fileName}
      note={note}
      step="run"
      isDone={draft.state !== 'failed'}
      actions={
        <>
          {draft.can.undo ? (
            <Button variant="default" onClick={undo.ask} loading={undo.isPending}>
              {t('imports.run.undo')}
            </Button>
          ) : null}
          {entity && !isUndone && taken > 0 ? (
            <Button
              variant="default"
              component={AppLink}
              to={paths.list(entity.plural)}
              search={{ where: importedWhere(draft) }}
            >
              {t('imports.run.records')}
            </Button>
          ) : null}
          {draft.state === 'failed' && draft.can.run ? (
            <Button onClick={() => act.mutate('run')} loading={act.isPending}>
              {t('imports.run.resume')}
            </Button>
          ) : (
            <Button component={AppLink} to={paths.newImport}>
              {t('imports.run.another')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.told}>
        {act.error ? <Notice>{act.error.message}</Notice> : null}
        <RunHead draft={draft} />
      </div>
      {draft.undo && isUndone ? <UndoReport undo={draft.undo} /> : null}
      {isUndone ? <h2 className={classes.heading}>{t('imports.run.was')}</h2> : null}
      <Equation counts={draft} />
      {isUndone ? null : <Notes notes={draft.notes} />}
      <RowsPanel draft={draft} outcomes={isUndone ? ['failed'] : ['failed', ...outcomes.slice(0, 3)]} />
    </Wizard>
  );
}

/** How it ended, in a sentence. */
function RunHead({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation();
  if (draft.state === 'undone') return null;
  if (draft.state === 'failed') {
    return (
      <Notice title={t('imports.run.stopped')}>
        {draft.stopped} {t('imports.run.stoppedWords')}
      </Notice>
    );
  }
  if (draft.failed === draft.rows) return <Notice kind="warning" title={t('imports.run.nothing')} />;
  if (draft.skipped === draft.rows) return <Notice kind="success" title={t('imports.run.same')} />;
  return draft.failed > 0 ? (
    <Notice kind="warning" title={t('imports.run.partly')} />
  ) : (
    <Notice kind="success" title={t('imports.run.done')} />
  );
}
