import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { paths } from '../app/paths.ts';
import { useDescription } from '../data/describe.ts';
import { formatBytes } from './bytes.ts';
import { ChosenFiles } from './ChosenFiles.tsx';
import { maxFiles, withFiles } from './chosen-files.ts';
import { EntityChoice } from './EntityChoice.tsx';
import { FileDrop } from './FileDrop.tsx';
import { ImportsNotAllowed } from './ImportsNotAllowed.tsx';
import { importSetQuery } from './import-data.ts';
import { Sending } from './Sending.tsx';
import { maxFileBytes, uploadImport } from './upload.ts';
import { Wizard } from './Wizard.tsx';

/** The first step: which files, and what they hold where that isn't to be told from them. */
export function NewImport() {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const navigate = useNavigate();
  const client = useQueryClient();
  const description = useDescription();
  const asked = useSearch({ strict: false }) as { readonly entity?: string };
  const entities = description.entities.filter((entity) => entity.importable && entity.can.import);
  const preset = entities.find(({ name, plural }) => name === asked.entity || plural === asked.entity);
  const [entity, setEntity] = useState<string | null>(preset?.name ?? null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isAsked, setAsked] = useState(false);
  const [sent, setSent] = useState(0);
  const abort = useRef<AbortController | null>(null);

  const upload = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      setSent(0);
      return uploadImport({ files, entity, signal: abort.current.signal, onProgress: setSent });
    },
    onSuccess: async (set) => {
      client.setQueryData(importSetQuery(set.id).queryKey, set);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
      await navigate({ to: paths.import(set.id) as '/' });
    },
  });
  useEffect(() => () => abort.current?.abort(), []);

  const mistakes = [
    ...(files.length === 0 && isAsked ? [t('imports.new.noFile')] : []),
    ...(files.length > maxFiles ? [t('imports.new.tooMany', { max: maxFiles })] : []),
    ...files.flatMap((file) => mistakeOf(file)),
  ];

  function mistakeOf({ name, size }: File): readonly string[] {
    if (size === 0) return [t('imports.new.empty', { file: name })];
    return size > maxFileBytes
      ? [t('imports.new.tooLarge', { file: name, size: formatBytes(locale, size) })]
      : [];
  }

  function take(next: readonly File[]): void {
    upload.reset();
    setAsked(false);
    setFiles(next);
  }

  function submit(): void {
    setAsked(true);
    if (files.length > 0 && mistakes.length === 0) upload.mutate();
  }

  if (entities.length === 0) return <ImportsNotAllowed />;
  const isCancelled = upload.error instanceof DOMException;
  return (
    <Wizard
      title={t('imports.new.title')}
      step="file"
      actions={
        <Button onClick={submit} loading={upload.isPending}>
          {t('imports.new.submit')}
        </Button>
      }
    >
      <Panel title={t('imports.new.file')} note={t('imports.new.fileWords')}>
        {upload.isPending ? (
          <Sending files={files} sent={sent} onCancel={() => abort.current?.abort()} />
        ) : (
          <>
            <ChosenFiles files={files} onRemove={(gone) => take(files.filter((file) => file !== gone))} />
            <FileDrop hasFiles={files.length > 0} onFiles={(added) => take(withFiles(files, added))} />
          </>
        )}
        {mistakes.length > 0 ? (
          <Notice>
            <Sentences all={mistakes} />
          </Notice>
        ) : null}
        {upload.error && !isCancelled ? (
          <Notice
            title={upload.error instanceof ApiProblem ? t('imports.new.refused') : t('connection.title')}
          >
            {upload.error instanceof ApiProblem ? (
              <Sentences all={refusals(upload.error)} />
            ) : (
              t('connection.words')
            )}
          </Notice>
        ) : null}
      </Panel>
      <Panel title={t('imports.new.what')} note={t('imports.new.whatWords')}>
        <EntityChoice entities={entities} value={entity} onChange={setEntity} />
      </Panel>
    </Wizard>
  );
}

/** Everything wrong with refused files. */
const refusals = (problem: ApiProblem): readonly string[] =>
  problem.mistakes.length > 0 ? problem.mistakes.map(({ message }) => message) : [problem.message];

function Sentences({ all }: { readonly all: readonly string[] }) {
  if (all.length < 2) return all[0];
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {all.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
