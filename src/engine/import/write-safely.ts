import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import type { ImportPlan } from './plan.ts';
import type { FileRow } from './read/table-reader.ts';
import type { RowMistake } from './read-row.ts';
import { type ChunkDone, nothingDone, type Waiting, writeRows } from './write-rows.ts';

const notWritten = message(
  'import-row-not-written',
  'The database refused this row ({reason}). Its neighbours were imported.',
  'La base de données a refusé cette ligne ({reason}). Les lignes voisines ont été importées.',
  'La base de datos rechazó esta fila ({reason}). Las filas vecinas se importaron.',
);

/** Errors of PostgreSQL that concern the values of a row and not the connection, the disk or the transaction. */
const rowErrors = /^(22|23|P0)/;

/**
 * Writes a chunk; when something in it is refused as a whole, half by half, so that one bad row stops no other and
 * costs its neighbours little.
 */
export async function writeSafely(
  ctx: Ctx,
  plan: ImportPlan,
  chunk: readonly FileRow[],
  waiting: Waiting,
): Promise<ChunkDone> {
  const whole = await attempt(ctx, () => writeRows(ctx, plan, chunk, waiting));
  if ('done' in whole) return whole.done;
  const [only, second] = chunk;
  if (only && !second) return refused(only, whole.refusal);
  const middle = Math.ceil(chunk.length / 2);
  const first = await writeSafely(ctx, plan, chunk.slice(0, middle), waiting);
  return together(first, await writeSafely(ctx, plan, chunk.slice(middle), waiting));
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

/** Runs `work` behind a savepoint, so that what it threw leaves nothing behind and the transaction usable. */
async function attempt(
  ctx: Ctx,
  work: () => Promise<ChunkDone>,
): Promise<{ readonly done: ChunkDone } | { readonly refusal: readonly RowMistake[] }> {
  await sql`savepoint import_rows`.execute(ctx.db);
  try {
    const done = await work();
    await sql`release savepoint import_rows`.execute(ctx.db);
    return { done };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    await sql`rollback to savepoint import_rows`.execute(ctx.db);
    return { refusal };
  }
}

function refusalOf(error: unknown): readonly RowMistake[] | null {
  if (error instanceof Problem) {
    const { message: said, params, mistakes } = error.detail;
    if (mistakes) return mistakes.map((mistake) => ({ ...mistake, column: null }));
    if (said) return [{ field: '', column: null, message: said, ...(params ? { params } : {}) }];
  }
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== 'string' || !rowErrors.test(code)) return null;
  return [{ field: '', column: null, message: notWritten, params: { reason: code } }];
}

const refused = (row: FileRow, mistakes: readonly RowMistake[]): ChunkDone => ({
  ...nothingDone,
  outcomes: [{ row, outcome: 'failed', record: null, mistakes, newKey: null }],
});
