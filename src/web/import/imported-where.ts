import type { ImportState } from '../../model/import.ts';

/** The filter of a list that shows what an import wrote: what its author changed while it ran. */
export function importedWhere(
  state: Pick<ImportState, 'startedAt' | 'finishedAt' | 'createdBy' | 'updated'>,
): string {
  const field = state.updated > 0 ? 'updated' : 'created';
  const parts = [];
  if (state.createdBy) parts.push(`${field}By = "${state.createdBy.id}"`);
  if (state.startedAt && state.finishedAt)
    parts.push(`${field}At in ${state.startedAt}..${state.finishedAt}`);
  return parts.join(' and ');
}
