import type { Entity } from '../../model/entity.ts';
import type { Changes } from '../../model/event.ts';
import type { HistoryEntry } from '../../model/history.ts';
import { mergeMarks } from '../../model/merge.ts';
import type { ReferenceValue } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { titlesOf } from '../query/titles.ts';

/** Tells what merges, and their undos, noted of records among these changes, with names as the reader may read them. */
export async function mergeTeller(
  ctx: Ctx,
  entity: Entity,
  all: readonly Changes[],
): Promise<(changes: Changes) => HistoryEntry['merged']> {
  const ids = all.flatMap((changes) => [...intoOf(changes), ...fromOf(changes)]);
  const titleOf = await titlesOf(
    ctx,
    ids.map((id) => ({ entity: entity.name, id })),
  );
  const named = (id: string): ReferenceValue => ({ id, label: titleOf(entity.name, id) });
  return (changes) => {
    const [into] = intoOf(changes);
    const from = fromOf(changes);
    if (into === undefined && from.length === 0) return null;
    const isUndone = Object.values(mergeMarks).some((mark) => changes[mark] && changes[mark][1] == null);
    return { into: into === undefined ? null : named(into), from: from.map(named), isUndone };
  };
}

const intoOf = (changes: Changes): readonly string[] =>
  (changes[mergeMarks.into] ?? []).flatMap((id) => (typeof id === 'string' ? [id] : []));

/** The ids that came, or that left again. */
const fromOf = (changes: Changes): readonly string[] =>
  (changes[mergeMarks.from] ?? []).flatMap((ids) => (Array.isArray(ids) ? ids.map(String) : []));
