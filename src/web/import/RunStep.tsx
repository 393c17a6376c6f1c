import { Button, Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportSet, ImportSetFile } from '../../model/import.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { entityNamed, useDescription } from '../data/describe.ts';
import { Equation } from './Equation.tsx';
import { FileLines } from './FileLines.tsx';
import { useImportAct } from './import-data.ts';
import { importedWhere } from './imported-where.ts';
import { Notes } from './Notes.tsx';
import { Progress } from './Progress.tsx';
import { RowsOfFiles } from './RowsOfFiles.tsx';
import { UndoReport } from './UndoReport.tsx';
import { useImportNote } from './use-import-note.ts';
import { useSetTitle } from './use-set-title.ts';
import { useUndoImport } from './use-undo-import.tsx';
import classes from './Wizard.module.css';
import { Wizard } from './Wizard.tsx';

/** The real import: its progress, what came of it, and its undoing. */
export function RunStep({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  const title = useSetTitle(set.files.map(({ fileName }) => fileName));
  const act = useImportAct(set.id);
  const undo = useUndoImport(set);
  const note = useImportNote(set);

  if (set.isBusy) {
    const isUndo = set.state === 'undoing';
    return (
      <Wizard title={title} note={note} step="run">
        {isUndo ? (
          <Progress
            key="undo"
            title={t('imports.run.undoing')}
            words={t('imports.run.undoingWords')}
            unit="records"
            done={set.undo?.done ?? 0}
            all={set.undo?.of ?? 0}
            set={set}
          />
        ) : (
          <Progress
            key="run"
            title={t('imports.run.busy')}
            words={t('imports.run.busyWords')}
            done={set.position}
            all={set.rows}
            set={set}
          />
        )}
      </Wizard>
    );
  }

  const isUndone = set.state === 'undone';
  const isStopped = set.state === 'failed' || set.state === 'cancelled';
  const written = set.files.filter((file) => file.created + file.updated > 0);
  return (
    <Wizard
      title={title}
      note={note}
      step="run"
      isDone={!isStopped}
      actions={
        <>
          {set.can.undo ? (
            <Button variant="default" onClick={undo.ask} loading={undo.isPending}>
              {t('imports.run.undo')}
            </Button>
          ) : null}
          {isUndone ? null : <RecordsButton files={written} />}
          {isStopped && set.can.run ? (
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
        <RunHead set={set} />
      </div>
      {set.undo && isUndone ? <UndoReport undo={set.undo} /> : null}
      {isUndone ? <h2 className={classes.heading}>{t('imports.run.was')}</h2> : null}
      <Equation counts={set} />
      <FileLines files={set.files} title={t('imports.set.files')} />
      {isUndone ? null : <Notes files={set.files} />}
      <RowsOfFiles
        files={set.files}
        outcomes={isUndone ? ['failed'] : ['failed', 'created', 'updated', 'merged', 'skipped']}
      />
    </Wizard>
  );
}

/** Leads to what was written: at once where it is of one kind, else by a choice. */
function RecordsButton({ files }: { readonly files: readonly ImportSetFile[] }) {
  const { t } = useTranslation();
  const description = useDescription();
  const links = files.flatMap((file) => {
    const entity = entityNamed(description, file.entity);
    return entity ? [{ file, entity, search: { where: importedWhere(file) } }] : [];
  });
  const [only, ...others] = links;
  if (!only) return null;
  if (others.length === 0) {
    return (
      <Button variant="default" component={AppLink} to={paths.list(only.entity.plural)} search={only.search}>
        {t('imports.run.records')}
      </Button>
    );
  }
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronUp size={15} stroke={1.7} aria-hidden />}>
          {t('imports.run.records')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {links.map(({ file, entity, search }) => (
          <Menu.Item key={file.id} component={AppLink} to={paths.list(entity.plural)} search={search}>
            {entity.label.many} · {file.fileName}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** How it ended, in a sentence. */
function RunHead({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  if (set.state === 'undone') return null;
  const stands = t(set.can.undo && !set.can.run ? 'imports.run.partlyUndone' : 'imports.run.stoppedWords');
  if (set.state === 'cancelled')
    return (
      <Notice kind="warning" title={t('imports.run.cancelled')}>
        {stands}
      </Notice>
    );
  if (set.state === 'failed') {
    return (
      <Notice title={t('imports.run.stopped')}>
        {set.stopped} {stands}
      </Notice>
    );
  }
  if (set.failed === set.rows) return <Notice kind="warning" title={t('imports.run.nothing')} />;
  if (set.skipped === set.rows) return <Notice kind="success" title={t('imports.run.same')} />;
  return set.failed > 0 ? (
    <Notice kind="warning" title={t('imports.run.partly')} />
  ) : (
    <Notice kind="success" title={t('imports.run.done')} />
  );
}
