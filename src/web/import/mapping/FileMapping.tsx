import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDraft } from '../../../model/import.ts';
import { ApiProblem, type ToldMistake } from '../../../web-kit/api/problem.ts';
import { Notice } from '../../../web-kit/ui/Notice.tsx';
import { Columns } from './Columns.tsx';
import { Constants } from './Constants.tsx';
import { MappingNotice } from './MappingNotice.tsx';
import { Missing } from './Missing.tsx';
import { mistakesOf, sortMistakes } from './mapping-mistakes.ts';
import { Options } from './Options.tsx';
import { Preview } from './Preview.tsx';
import { type BeingEdited, useMapping } from './use-mapping.ts';

/** What the columns of one file become. */
export function FileMapping({
  draft,
  isOneOfMany,
  refusals,
  onEdit,
}: {
  readonly draft: ImportDraft;
  readonly isOneOfMany: boolean;
  /** What was wrong with it when the check was asked for. */
  readonly refusals: readonly ToldMistake[];
  /** Told what is being edited, so that it is kept before something is done with it. */
  readonly onEdit: (edit: BeingEdited) => void;
}) {
  const { t } = useTranslation();
  const edit = useMapping(draft, isOneOfMany);
  const refused = [...mistakesOf(edit.error), ...refusals];
  const mistakes = sortMistakes(refused.length > 0 ? refused : (draft.mistakes ?? []));
  const { error, state, flush } = edit;
  useEffect(() => onEdit({ state, flush }), [onEdit, state, flush]);
  return (
    <>
      {error !== null && !(error instanceof ApiProblem && error.mistakes.length > 0) ? (
        <Notice title={error instanceof ApiProblem ? error.title : t('connection.title')}>
          {error instanceof ApiProblem ? error.message : t('connection.words')}
        </Notice>
      ) : null}
      <MappingNotice draft={draft} mistakes={mistakes} />
      <Missing draft={draft} edit={edit} isRefused={refusals.length > 0} />
      <Preview draft={draft} />
      <Columns draft={draft} edit={edit} mistakes={mistakes} />
      <Constants draft={draft} edit={edit} mistakes={mistakes} />
      <Options draft={draft} edit={edit} mistakes={mistakes} isOneOfMany={isOneOfMany} />
    </>
  );
}
