import { Progress as Bar, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { numberFormat } from '../../fields/format.browser.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { Panel } from '../../web-kit/ui/Panel.tsx';
import { paths } from '../app/paths.ts';
import { useDescription } from '../data/describe.ts';
import { formatBytes } from './bytes.ts';
import { EntityChoice } from './EntityChoice.tsx';
import { FileDrop } from './FileDrop.tsx';
import { ImportsNotAllowed } from './ImportsNotAllowed.tsx';
import { importQuery } from './import-data.ts';
import { maxFileBytes, uploadImport } from './upload.ts';
import { Wizard } from './Wizard.tsx';

/** The first step: which records, which file. */
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
  const [file, setFile] = useState<File | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  const abort = useRef<AbortController | null>(null);

  const upload = useMutation({
    mutationFn: (o: { readonly file: File; readonly entity: string }) => {
      abort.current = new AbortController();
      setSent(0);
      return uploadImport({ ...o, signal: abort.current.signal, onProgress: setSent });
    },
    onSuccess: async (draft) => {
      client.setQueryData(importQuery(draft.id).queryKey, draft);
      void client.invalidateQueries({ queryKey: ['imports', 'list'] });
      await navigate({ to: paths.import(draft.id) as '/' });
    },
  });
  useEffect(() => () => abort.current?.abort(), []);

  function take(chosen: File): void {
    upload.reset();
    setFile(chosen);
    setMistake(
      chosen.size > maxFileBytes
        ? t('imports.new.tooLarge', { size: formatBytes(locale, chosen.size) })
        : chosen.size === 0
          ? t('imports.new.empty')
          : null,
    );
  }

  function submit(): void {
    if (!entity) setMistake(t('imports.new.noEntity'));
    else if (!file) setMistake(t('imports.new.noFile'));
    else if (file.size > 0 && file.size <= maxFileBytes) upload.mutate({ file, entity });
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
      <Panel title={t('imports.new.what')} note={t('imports.new.whatWords')}>
        <EntityChoice
          entities={entities}
          value={entity}
          onChange={(name) => {
            setEntity(name);
            setMistake(null);
          }}
        />
      </Panel>
      <Panel title={t('imports.new.file')} note={t('imports.new.fileWords')}>
        {upload.isPending ? (
          <div role="status">
            <p>
              {sent < 1 ? t('imports.new.uploading', { file: file?.name ?? '' }) : t('imports.new.reading')}
            </p>
            <Bar
              value={sent * 100}
              size="lg"
              radius="xl"
              striped={sent >= 1}
              animated={sent >= 1}
              aria-label={t('imports.new.uploading', { file: file?.name ?? '' })}
            />
            <p className="r-muted">{numberFormat(locale, { style: 'percent' }).format(sent)}</p>
            <Button variant="default" onClick={() => abort.current?.abort()}>
              {t('imports.new.cancel')}
            </Button>
          </div>
        ) : (
          <>
            <FileDrop file={file} onFile={take} onSeveral={() => setMistake(t('imports.new.oneOnly'))} />
            <p className="r-muted">{t('imports.new.excel')}</p>
          </>
        )}
        {mistake ? <Notice>{mistake}</Notice> : null}
        {upload.error && !isCancelled ? (
          <Notice
            title={upload.error instanceof ApiProblem ? t('imports.new.refused') : t('connection.title')}
          >
            {upload.error instanceof ApiProblem ? <Refusal problem={upload.error} /> : t('connection.words')}
          </Notice>
        ) : null}
      </Panel>
    </Wizard>
  );
}

/** Everything wrong with a refused file. */
function Refusal({ problem }: { readonly problem: ApiProblem }) {
  if (problem.mistakes.length < 2) return problem.message;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {problem.mistakes.map((mistake) => (
        <li key={`${mistake.field} ${mistake.message}`}>{mistake.message}</li>
      ))}
    </ul>
  );
}
