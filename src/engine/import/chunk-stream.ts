import { fold } from '../../lib/fold.ts';
import type { ImportPlan, PlannedTarget } from './plan.ts';
import { lettersOf, mostLetters } from './read/raw-rows.ts';
import type { FileRow } from './read/table-reader.ts';

/** What an index holds of a name; that two longer ones begin alike makes one wait for the other. */
export const mostOfName = 200;

/** Rows per transaction at most. */
export const chunkSize = 1000;

/**
 * Cuts rows into chunks as they come. A chunk holds no two rows of the same record, nor a row with one that it names
 * by its key: the later of them stands in a chunk that follows, and behind all rows of its record.
 */
export async function* chunksOf(
  plan: ImportPlan,
  rows: AsyncIterable<FileRow>,
): AsyncGenerator<readonly FileRow[]> {
  const namesOf = namer(plan);
  let carried: NamedRow[] = [];
  let chunk: FileRow[] = [];
  let taken = new Set<string>();
  let letters = 0;
  const take = (one: NamedRow): void => {
    const { row, own, named } = one;
    const waits = own.some((name) => taken.has(name)) || named.some((name) => taken.has(name));
    for (const name of own) taken.add(name);
    if (waits) carried.push(one);
    else chunk.push(row);
  };
  const cut = (): readonly FileRow[] => {
    const full = chunk;
    const waiting = carried;
    [chunk, carried, taken] = [[], [], new Set()];
    for (const one of waiting) take(one);
    return full;
  };
  for await (const row of rows) {
    take({ row, ...namesOf(row) });
    letters += lettersOf(row);
    while (chunk.length >= chunkSize || carried.length >= chunkSize) yield cut();
    // Long rows make short chunks, or memory would hold a thousand of them twice.
    if (letters < mostLetters) continue;
    while (chunk.length > 0) yield cut();
    letters = 0;
  }
  while (chunk.length > 0) yield cut();
}

/** What a row calls its own record, and the records of its own entity that it names. */
interface Names {
  readonly own: readonly string[];
  readonly named: readonly string[];
}

/** A row with its names, told once however many chunks it waits for. */
interface NamedRow extends Names {
  readonly row: FileRow;
}

function namer(plan: ImportPlan): (row: FileRow) => Names {
  const of = (is: (planned: PlannedTarget) => boolean): readonly PlannedTarget[] => plan.targets.filter(is);
  const key = of(({ target }) => target.kind === 'key');
  const match = of(({ target }) => target.kind !== 'key' && target.to === plan.mapping.match);
  const parents = of(({ target }) => target.field !== null && target.names.includes(plan.entity.name));
  const texts = (all: readonly PlannedTarget[], row: FileRow): readonly string[] =>
    all.flatMap((planned) => textOf(planned, row) || []);
  return (row) => ({
    own: [...texts(key, row), ...texts(match, row).map((text) => `~${fold(text)}`)],
    named: texts(parents, row),
  });
}

/** The text by which a row is told from others: its key, else what its record is recognised by. */
export function nameOf(plan: ImportPlan, row: FileRow): string | null {
  const { own } = namer(plan)(row);
  return own[0]?.slice(0, mostOfName) ?? null;
}

function textOf({ columns }: PlannedTarget, { cells }: FileRow): string {
  for (const { place } of columns) {
    const text = (cells[place] ?? '').trim();
    if (text !== '') return text;
  }
  return '';
}
