import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { byHalves } from '../long-work/by-halves.ts';
import type { ImportPlan } from './plan.ts';
import type { FileRow } from './read/table-reader.ts';
import type { Chunk } from './read-ahead.ts';
import type { RowMistake } from './read-row.ts';
import { type ChunkDone, nothingDone, type Waiting, writeRows } from './write-rows.ts';

/** What a row is told that the database refused. */
export const notWritten = message(
  'import-row-not-written',
  'The database refused this row ({reason}). Its neighbours were imported.',
  'La base de données a refusé cette ligne ({reason}). Les lignes voisines ont été importées.',
  'La base de datos rechazó esta fila ({reason}). Las filas vecinas se importaron.',
);

/**
 * Writes a chunk; when something in it is refused as a whole, half by half, so that one bad row stops no other and
 * costs its neighbours little.
 */
export async function writeSafely(
  ctx: Ctx,
  plan: ImportPlan,
  { rows, read }: Chunk,
  waiting: Waiting,
): Promise<ChunkDone> {
  const pieces = await byHalves(ctx, rows, {
    notWritten,
    work: (some) => writeRows(ctx, plan, { rows: some, read }, waiting),
    refused: (row, mistakes) => refused(row, mistakes.map(ofNoColumn)),
  });
  return pieces.reduce(together, nothingDone);
}

function together(first: ChunkDone, second: ChunkDone): ChunkDone {
  const tally: Record<string, number> = { ...first.tally };
  for (const [code, count] of Object.entries(second.tally)) tally[code] = (tally[code] ?? 0) + count;
  return {
    outcomes: [...first.outcomes, ...second.outcomes],
    aside: [...first.aside, ...second.aside],
    open: [...first.open, ...second.open],
    told: [...first.told, ...second.told],
    tally,
  };
}

/** A mistake that no column is known to have made. */
export const ofNoColumn = (mistake: Mistake): RowMistake => ({ ...mistake, column: null });

const refused = (row: FileRow, mistakes: readonly RowMistake[]): ChunkDone => ({
  ...nothingDone,
  outcomes: [{ row, outcome: 'failed', record: null, mistakes, newKey: null }],
});
