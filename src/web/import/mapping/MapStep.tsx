import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportSet } from '../../../model/import.ts';
import { ApiProblem } from '../../../web-kit/api/problem.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import { Failure } from '../../app/Failure.tsx';
import { Pending } from '../../app/Pending.tsx';
import { paths } from '../../app/paths.ts';
import { importFileQuery, useImportAct } from '../import-data.ts';
import { useImportNote } from '../use-import-note.ts';
import { useSetTitle } from '../use-set-title.ts';
import { Wizard } from '../Wizard.tsx';
import { FileMapping } from './FileMapping.tsx';
import { FilesPanel } from './FilesPanel.tsx';
import classes from './MapStep.module.css';
import { mistakesOf } from './mapping-mistakes.ts';
import type { BeingEdited } from './use-mapping.ts';

/** The second step: which column of which file becomes what; all of it is kept on the server as it is typed. */
export function MapStep({ set }: { readonly set: ImportSet }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { file: asked } = useSearch({ strict: false }) as { readonly file?: string };
  const { files } = set;
  const chosen = files.find(({ id }) => id === asked) ?? files[0];
  const act = useImportAct(set.id);
  const title = useSetTitle(files.map(({ fileName }) => fileName));
  const note = useImportNote(set);
  const { data: draft, error, refetch } = useQuery(importFileQuery(chosen?.id ?? ''));
  const edit = useRef<BeingEdited | null>(null);
  const [state, setState] = useState<BeingEdited['state']>('saved');
  const [isChecking, setChecking] = useState(false);

  const onEdit = useCallback((next: BeingEdited) => {
    edit.current = next;
    setState(next.state);
  }, []);

  const show = (file: string): Promise<void> =>
    navigate({ to: paths.import(set.id) as '/', search: { step: 'columns', file } as never, replace: true });

  async function check(): Promise<void> {
    setChecking(true);
    act.reset();
    try {
      await edit.current?.flush();
      await act.mutateAsync('check');
      await navigate({ to: paths.import(set.id) as '/', replace: true });
    } catch (refusal) {
      // Told in place: of this file, or of the first one that is refused.
      const [first] = mistakesOf(refusal).flatMap(({ field }) => fileOf(field) ?? []);
      if (first && first !== chosen?.id) await show(first);
      document.getElementById('main')?.scrollTo({ top: 0, behavior: 'smooth' });
    } finally {
      setChecking(false);
    }
  }

  const refusals = mistakesOf(act.error).flatMap((mistake) => {
    const file = fileOf(mistake.field);
    if (file !== null && file !== chosen?.id) return [];
    return [{ ...mistake, field: mistake.field.replace(inFile, '') }];
  });
  return (
    <Wizard
      title={title}
      note={note}
      step="columns"
      actions={
        <>
          <span className={classes.state} role="status">
            {state === 'saved'
              ? t('imports.map.saved')
              : state === 'failed'
                ? t('imports.map.unsaved')
                : t('imports.map.saving')}
          </span>
          <span className={classes.words}>{t('imports.map.submitWords')}</span>
          <Button onClick={() => void check()} loading={isChecking}>
            {t('imports.map.submit', { count: files.length })}
          </Button>
        </>
      }
    >
      <div className={classes.intro}>
        <h2 className={classes.title}>{t('imports.map.title')}</h2>
        <p className={classes.about}>{t('imports.map.words')}</p>
      </div>
      {act.error !== null && !(act.error instanceof ApiProblem && act.error.mistakes.length > 0) ? (
        <Notice title={act.error instanceof ApiProblem ? act.error.title : t('connection.title')}>
          {act.error instanceof ApiProblem ? act.error.message : t('connection.words')}
        </Notice>
      ) : null}
      {set.stopped !== null && act.error === null ? (
        <Notice title={t('imports.check.stopped')}>{set.stopped}</Notice>
      ) : null}
      <FilesPanel
        set={set}
        chosen={chosen?.id ?? ''}
        onChoose={(file) => void show(file)}
        beforeChange={() => edit.current?.flush() ?? Promise.resolve()}
      />
      {draft ? (
        <FileMapping
          key={`${draft.id} ${draft.entity}`}
          draft={draft}
          isOneOfMany={files.length > 1}
          refusals={refusals}
          onEdit={onEdit}
        />
      ) : error ? (
        <Failure error={error} reset={() => void refetch()} />
      ) : (
        <Pending />
      )}
    </Wizard>
  );
}

/** Of several files, a mistake begins with the file it is in: `files[<id>].columns[3].to`. */
const inFile = /^files\[([^\]]+)\]\./;
const fileOf = (field: string): string | null => inFile.exec(field)?.[1] ?? null;
