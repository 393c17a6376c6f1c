import { fold } from '../../lib/fold.ts';
import type { BaseValue } from '../../model/base-list.ts';
import { entityOf } from '../../model/declarations.ts';
import type { BaseValues, Ctx, Workspace } from '../ctx.ts';
import { createRecords } from '../record/verbs.ts';
import { bareWords, labelFor } from './known-values.ts';
import { listOfTarget } from './targets.ts';
import type { ColumnValues } from './value-plan.ts';

/** A value that an import adds to a list, and the texts of the file that mean it. */
export interface NewValue {
  readonly list: string;
  readonly code: string;
  readonly label: string;
  readonly class: string | null;
  readonly position: number;
}

/** The values the plan says to create, each once, in the order of the lists. */
export function newValues(ctx: Ctx, columns: readonly ColumnValues[]): readonly NewValue[] {
  const found = new Map<string, NewValue>();
  for (const { target, unknown } of columns) {
    const list = listOfTarget(target);
    if (list === null) continue;
    for (const { text, choice } of unknown) {
      if (typeof choice === 'string' || !('create' in choice)) continue;
      const key = `${list}/${bareWords(labelFor(text))}`;
      if (found.has(key)) continue;
      const made = [...found.values()].filter((value) => value.list === list);
      found.set(key, valueFor(ctx, list, text, made));
    }
  }
  return [...found.values()];
}

/** A new value of a list with classes means the list's first one (an open stage) and stands before the others. */
function valueFor(ctx: Ctx, list: string, text: string, made: readonly NewValue[]): NewValue {
  const all = ctx.workspace.baseValues.all(list);
  const firstClass = ctx.workspace.model.lists.get(list)?.classes?.[0]?.code ?? null;
  const before = all.find(
    (value) => firstClass !== null && value.class !== null && value.class !== firstClass,
  );
  const last = Math.max(
    0,
    ...all.filter((value) => !before || value.class === firstClass).map((value) => value.position),
  );
  const wanted = before ? last + made.length + 1 : last + 10 * (made.length + 1);
  return {
    list,
    code: freeCode(text, new Set([...all.map((value) => value.code), ...made.map((value) => value.code)])),
    label: labelFor(text),
    class: firstClass,
    position: before && wanted >= before.position ? Math.max(last, before.position - 1) : wanted,
  };
}

/** `Id. Decision Makers` → `id-decision-makers`, numbered when taken. */
function freeCode(text: string, taken: ReadonlySet<string>): string {
  const slug =
    fold(text)
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-+|-+$/g, '') || 'value';
  let code = slug;
  for (let number = 2; taken.has(code); number += 1) code = `${slug}-${number}`;
  return code;
}

/** Adds the values to their lists, as part of the batch, so that undoing the import removes them again. */
export async function createValues(ctx: Ctx, values: readonly NewValue[]): Promise<void> {
  if (values.length === 0) return;
  const inputs = values.map(({ list, code, label, class: ofClass, position }) => ({
    list,
    code,
    // In a list whose values are coloured, a quiet colour: the badge of a stage is never missing.
    ...(ctx.workspace.baseValues.all(list).some((value) => value.color !== null) ? { color: 'slate' } : {}),
    labelEn: label,
    position,
    class: ofClass,
    active: true,
  }));
  await createRecords(ctx, entityOf(ctx.workspace.model, 'base-value'), inputs);
}

/** The workspace as it would be with these values, for a dry run. */
export function withValues(workspace: Workspace, values: readonly NewValue[]): Workspace {
  const added = values.map(
    (value): BaseValue => ({
      id: '',
      list: value.list,
      code: value.code,
      label: { en: value.label, fr: value.label, es: value.label },
      position: value.position,
      active: true,
      class: value.class,
      probability: null,
      color: null,
    }),
  );
  const { baseValues: standing } = workspace;
  const baseValues: BaseValues = {
    all: (list) =>
      [...standing.all(list), ...added.filter((value) => value.list === list)].sort(
        (first, second) => first.position - second.position,
      ),
    find: (list, code) =>
      standing.find(list, code) ?? added.find((value) => value.list === list && value.code === code) ?? null,
  };
  return { ...workspace, baseValues, refresh: async () => {} };
}
