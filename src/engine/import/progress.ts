import { type SqlBool, sql } from 'kysely';
import type { ImportStateName } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { withTally } from './report.ts';
import { ofSet, type StoredBatch, selectBatches, type writeBatch, writeBatches } from './stored-batch.ts';
import type { ChunkDone } from './write-rows.ts';

/** Thrown when an import was stopped from outside while it worked. */
export class ImportGone extends Error {}

/** Says that a set isn't in this state any more. */
export const gone = (id: string, state: ImportStateName): ImportGone =>
  new ImportGone(`the import ${id} is no longer ${state}`);

/** The context in which an import writes: under its own batch, through the door `import`. */
export const writing = (ctx: Ctx, id: string): Ctx => ({ ...ctx, door: 'import', batch: id });

/** The files of a set that is in this state, in the order they were given. */
export async function filesIn(
  ctx: Ctx,
  set: string,
  state: ImportStateName,
): Promise<readonly StoredBatch[]> {
  const files = await selectBatches(ctx, sql`${ofSet(set)} and b.state = ${state}`, 1000);
  if (files.length === 0) throw gone(set, state);
  return files.toReversed();
}

/**
 * Writes progress as long as the import is in this state, and since the same start: whoever changed it stops the work,
 * even when the same work was asked for again meanwhile.
 */
export async function proceed(
  ctx: Ctx,
  { id, startedAt }: Pick<StoredBatch, 'id' | 'startedAt'>,
  state: ImportStateName,
  changes: Parameters<typeof writeBatch>[3],
): Promise<void> {
  const same = sql<SqlBool>`b.id = ${id} and b.started_at is not distinct from ${startedAt}`;
  if ((await writeBatches(ctx, same, [state], changes)) === 0) throw gone(id, state);
}

/** Ends the work on a set, unless it was stopped or asked for again meanwhile. */
export async function finish(
  ctx: Ctx,
  files: readonly StoredBatch[],
  state: 'running' | 'checking',
): Promise<void> {
  const set = files[0]?.set ?? '';
  const starts = files.flatMap(({ startedAt }) => startedAt ?? []);
  const changes = { state: state === 'running' ? 'done' : 'checked', finishedAt: new Date() } as const;
  const same = sql<SqlBool>`${ofSet(set)} and b.started_at = any(${starts}::timestamptz[])`;
  if ((await writeBatches(ctx, same, [state], changes)) === 0) throw gone(set, state);
}

/** An import after a piece of work. */
export function countsAfter(batch: StoredBatch, { outcomes, tally }: ChunkDone): StoredBatch {
  const of = (outcome: string): number => outcomes.filter((each) => each.outcome === outcome).length;
  return {
    ...batch,
    position: batch.position + outcomes.length,
    created: batch.created + of('created'),
    updated: batch.updated + of('updated'),
    merged: batch.merged + of('merged'),
    skipped: batch.skipped + of('skipped'),
    failed: batch.failed + of('failed'),
    report: withTally(batch.report, tally),
  };
}

/** No import ends well with a row of which nothing became: whatever the reason, that is a failure of ours. */
export function refuseLoss(files: readonly StoredBatch[], current: ReadonlyMap<string, StoredBatch>): void {
  for (const file of files) {
    const { rows, position } = current.get(file.id) ?? file;
    if (position !== rows) throw new Error(`the import ${file.id} dealt with ${position} of ${rows} rows`);
  }
}

/** The columns of an import that its work writes. */
export const progressOf = ({
  position,
  created,
  updated,
  merged,
  skipped,
  failed,
  report,
}: StoredBatch): Parameters<typeof writeBatch>[3] => ({
  position,
  created,
  updated,
  merged,
  skipped,
  failed,
  report,
});
