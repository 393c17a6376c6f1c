import type { ColumnMapping, ImportMapping, UnknownValues, ValueChoice } from '../../model/import.ts';
import type { BaseValues, Ctx } from '../ctx.ts';
import type { FileValues } from './analyse.ts';
import { bareWords, codeOf, suggestionFor } from './known-values.ts';
import { isChoice, listOfTarget, mayCreateValues, type Target } from './targets.ts';

/** Unknown values told per column. */
const maxListed = 200;

/** What becomes of the texts in one column that names values of a list. */
export interface ColumnValues {
  readonly column: string;
  readonly target: Target;
  /** By the cell's bare words. */
  readonly choices: ReadonlyMap<string, ValueChoice>;
  /** The texts that the list doesn't know, as the file writes them, with how many rows have them. */
  readonly unknown: readonly { readonly text: string; readonly rows: number; readonly choice: ValueChoice }[];
}

/** Decides, for every column that names values of a list, what each text in it becomes. */
export function planValues(
  ctx: Ctx,
  seen: FileValues,
  mapping: ImportMapping,
  targets: ReadonlyMap<string, Target>,
): readonly ColumnValues[] {
  return mapping.columns.flatMap((column) => {
    const target = column.to === null ? undefined : targets.get(column.to);
    if (!target || !(isChoice(target) || listOfTarget(target) !== null)) return [];
    return [planColumn(ctx, seen[column.column] ?? [], column, target)];
  });
}

function planColumn(
  ctx: Ctx,
  seen: readonly (readonly [text: string, rows: number])[],
  column: ColumnMapping,
  target: Target,
): ColumnValues {
  const said = new Map(
    Object.entries(column.values ?? {}).map(([text, choice]) => [bareWords(text), choice]),
  );
  const choices = new Map<string, ValueChoice>();
  const unknown: ColumnValues['unknown'][number][] = [];
  for (const [text, rows] of seen) {
    const key = bareWords(text);
    const code = codeOf(ctx.workspace.baseValues, target, text);
    const choice = said.get(key) ?? code ?? policyFor(ctx, column, target, text);
    choices.set(key, choice);
    if (code === null) unknown.push({ text, rows, choice });
  }
  unknown.sort((first, second) => second.rows - first.rows);
  return { column: column.column, target, choices, unknown };
}

/** What becomes of a value nobody spoke of: what is surely meant, else the column's policy. */
function policyFor(ctx: Ctx, column: ColumnMapping, target: Target, text: string): ValueChoice {
  const suggestion = suggestionFor(ctx.workspace.baseValues, target, text);
  if (suggestion?.isSure && column.unknown === undefined) return suggestion.code;
  const mayCreate = listOfTarget(target) !== null && mayCreateValues(ctx);
  switch (column.unknown ?? (mayCreate ? 'create' : 'refuse')) {
    case 'create':
      return mayCreate ? { create: true } : { refuse: true };
    case 'empty':
      return { empty: true };
    default:
      return { refuse: true };
  }
}

/** The unknown values as the importer is shown them. */
export const unknownOut = (values: BaseValues, columns: readonly ColumnValues[]): readonly UnknownValues[] =>
  columns
    .filter(({ unknown }) => unknown.length > 0)
    .map(({ column, target, unknown }) => ({
      column,
      to: target.to,
      values: unknown.slice(0, maxListed).map(({ text, rows, choice }) => ({
        value: text,
        rows,
        suggestion: suggestionFor(values, target, text)?.code ?? null,
        becomes: choice,
      })),
      more: Math.max(0, unknown.length - maxListed),
    }));
