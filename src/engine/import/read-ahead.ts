import { setImmediate as turn } from 'node:timers/promises';
import type { Workspace } from '../ctx.ts';
import type { ImportPlan } from './plan.ts';
import type { FileRow } from './read/table-reader.ts';
import { type RowRead, readRow } from './read-row.ts';

/** Rows that are written together, and what their cells say. */
export interface Chunk {
  readonly rows: readonly FileRow[];
  /** What a row says, by the lists as they are now; whoever takes it may add to it. */
  read(row: FileRow, workspace: Workspace): RowRead;
}

/** Rows of which nothing was read before. */
export const unread = (plan: ImportPlan, rows: readonly FileRow[]): Chunk => ({
  rows,
  read: (row, { baseValues }) => readRow(plan, baseValues, row),
});

/** Rows read without letting anybody else have a turn. */
const atOnce = 50;

/**
 * Reads the cells of chunks before their turn to be written, a few rows at a time, so that whoever waits for the
 * database meanwhile hears its answer. A row that is taken once more, or after a list changed, is read anew.
 */
export async function* readAhead(
  plan: ImportPlan,
  current: () => Workspace,
  chunks: AsyncIterable<readonly FileRow[]>,
): AsyncGenerator<Chunk> {
  for await (const rows of chunks) {
    const { baseValues, setupVersion } = current();
    const read = new Map<FileRow, RowRead>();
    for (const [index, row] of rows.entries()) {
      if (index % atOnce === 0) await turn();
      read.set(row, readRow(plan, baseValues, row));
    }
    yield {
      rows,
      read(row, now) {
        const isSame = now.baseValues === baseValues && now.setupVersion === setupVersion;
        const known = isSame ? read.get(row) : undefined;
        read.delete(row);
        return known ?? readRow(plan, now.baseValues, row);
      },
    };
  }
}
