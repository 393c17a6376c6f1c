import { fold } from '../../lib/fold.ts';
import type { ImportPlan } from './plan.ts';

/** Rows per transaction at most. */
const chunkSize = 500;

/**
 * The rows in the order they are written, cut into chunks, always the same for the same file and mapping, so that
 * an import can be taken up again: a row comes after the row whose record it names by its key, and a chunk holds
 * no two rows of the same record, nor a row with one that it names.
 */
export function chunksOf(plan: ImportPlan): readonly (readonly number[])[] {
  const keys = columnTexts(plan, 'externalKey');
  const own = plan.mapping.match === 'externalKey' ? keys : columnTexts(plan, plan.mapping.match);
  const chunks: number[][] = [];
  for (const level of levelsOf(plan, keys)) {
    let chunk: number[] = [];
    let seen = new Set<string>();
    for (const place of level) {
      const names = [own[place] ?? '', keys[place] ?? ''].filter((text) => text !== '');
      if (chunk.length === chunkSize || names.some((text) => seen.has(text))) {
        chunks.push(chunk);
        chunk = [];
        seen = new Set();
      }
      chunk.push(place);
      for (const text of names) seen.add(text);
    }
    if (chunk.length > 0) chunks.push(chunk);
  }
  return chunks;
}

/** The rows by how far they stand below a row that names no other; rows that name one another in a ring come last. */
function levelsOf(plan: ImportPlan, keys: readonly string[]): readonly (readonly number[])[] {
  const all = plan.table.rows.map((_, place) => place);
  const parents = plan.targets
    .filter(({ target }) => target.field && target.names.includes(plan.entity.name))
    .map(({ target }) => columnTexts(plan, target.to));
  if (parents.length === 0) return [all];
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const above = all.map((place) =>
    parents
      .map((texts) => texts[place] ?? '')
      .flatMap((text) => (text === '' ? [] : (placeOf.get(text) ?? [])))
      .filter((parent) => parent !== place),
  );
  const done = new Set<number>();
  const levels: number[][] = [];
  let open = all;
  while (open.length > 0) {
    const ready = open.filter((place) => above[place]?.every((parent) => done.has(parent)));
    const level = ready.length > 0 ? ready : open;
    levels.push(level);
    for (const place of level) done.add(place);
    open = open.filter((place) => !done.has(place));
  }
  return levels;
}

/** The text of each row for a target, folded where it isn't a key; '' where the row leaves it empty. */
function columnTexts(plan: ImportPlan, to: string): readonly string[] {
  const columns = plan.targets.find(({ target }) => target.to === to)?.columns ?? [];
  const isKey = to !== plan.mapping.match || to === 'externalKey';
  return plan.table.rows.map(({ cells }) => {
    const text = columns.map(({ place }) => (cells[place] ?? '').trim()).find((cell) => cell !== '') ?? '';
    return isKey ? text : fold(text);
  });
}
