import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDraft } from '../../../model/import.ts';
import { ApiProblem } from '../../../web-kit/api/problem.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import { paths } from '../../app/paths.ts';
import { useImportAct } from '../import-data.ts';
import { useImportNote } from '../use-import-note.ts';
import { Wizard } from '../Wizard.tsx';
import { Columns } from './Columns.tsx';
import { Constants } from './Constants.tsx';
import { MappingNotice } from './MappingNotice.tsx';
import classes from './MapStep.module.css';
import { Missing } from './Missing.tsx';
import { mistakesOf, sortMistakes } from './mapping-mistakes.ts';
import { Options } from './Options.tsx';
import { Preview } from './Preview.tsx';
import { useMapping } from './use-mapping.ts';

/** The second step: which column becomes what; all of it is kept on the server as it is typed. */
export function MapStep({ draft }: { readonly draft: ImportDraft }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const edit = useMapping(draft);
  const act = useImportAct(draft.id);
  const note = useImportNote(draft);
  const [isChecking, setChecking] = useState(false);
  const refusals = [...mistakesOf(edit.error), ...mistakesOf(act.error)];
  const mistakes = sortMistakes(refusals.length > 0 ? refusals : (draft.mistakes ?? []));
  const told = [edit.error, act.error].find(
    (error) => error !== null && !(error instanceof ApiProblem && error.mistakes.length > 0),
  );

  async function check(): Promise<void> {
    setChecking(true);
    act.reset();
    try {
      await edit.flush();
      await act.mutateAsync('check');
      await navigate({ to: paths.import(draft.id) as '/', replace: true });
    } catch {
      // Told in place by the mutation that failed.
      document.getElementById('main')?.scrollTo({ top: 0, behavior: 'smooth' });
    } finally {
      setChecking(false);
    }
  }

  return (
    <Wizard
      title={draft.fileName}
      note={note}
      step="columns"
      actions={
        <>
          <span className={classes.state} role="status">
            {edit.state === 'saved'
              ? t('imports.map.saved')
              : edit.state === 'failed'
                ? t('imports.map.unsaved')
                : t('imports.map.saving')}
          </span>
          <span className={classes.words}>{t('imports.map.submitWords')}</span>
          <Button onClick={() => void check()} loading={isChecking}>
            {t('imports.map.submit')}
          </Button>
        </>
      }
    >
      <div className={classes.intro}>
        <h2 className={classes.title}>{t('imports.map.title')}</h2>
        <p className={classes.about}>{t('imports.map.words')}</p>
      </div>
      {told ? (
        <Notice title={told instanceof ApiProblem ? told.title : t('connection.title')}>
          {told instanceof ApiProblem ? told.message : t('connection.words')}
        </Notice>
      ) : null}
      <MappingNotice draft={draft} mistakes={mistakes} />
      <Missing draft={draft} edit={edit} isRefused={act.error !== null} />
      <Preview draft={draft} />
      <Columns draft={draft} edit={edit} mistakes={mistakes} />
      <Constants draft={draft} edit={edit} mistakes={mistakes} />
      <Options draft={draft} edit={edit} mistakes={mistakes} />
    </Wizard>
  );
}
