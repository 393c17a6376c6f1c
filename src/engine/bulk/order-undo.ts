import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { undoVerb } from '../../model/bulk.ts';
import type { Ctx } from '../ctx.ts';
import { refuseImport, refuseLarge } from '../events/batch-door.ts';
import { countRecords, recordsBefore } from '../events/batch-records.ts';
import { inTransaction } from '../record/transaction.ts';
import { askUndo } from './runs.ts';
import { insertRun, selectRuns, writeRun } from './stored-run.ts';

const stillWritten = message(
  'batch-still-written',
  'This batch is still being written. Wait until it is finished, or cancel it first.',
  'Ce lot est encore en cours d’écriture. Attendez qu’il soit terminé, ou interrompez-le d’abord.',
  'Este lote todavía se está escribiendo. Espere a que termine o deténgalo antes.',
);

/**
 * Takes an order to undo a batch that wrote more records than one request undoes: answers the id of the run that does
 * it, waiting for its job. What stands in the way is left and told, so the asker has to agree to that by `part`.
 */
export async function orderUndo(
  ctx: Ctx,
  batch: string,
  { part }: { readonly part: boolean },
): Promise<string> {
  await refuseImport(ctx, batch);
  if (!part) await refuseLarge(ctx, batch);
  const [own] = await selectRuns(ctx, sql`b.id = ${batch}`);
  if (own) {
    await askUndo(ctx, batch);
    return batch;
  }
  const ofBatch = sql`(b.state = 'undoing' and b.undo->>'batch' = ${batch})`;
  if ((await selectRuns(ctx, ofBatch)).length > 0) throw new Problem('conflict', { message: stillWritten });
  // Who asks twice, by two clicks, asks once.
  const [same] = await selectRuns(
    ctx,
    sql`b.state = 'running' and b.plan->>'batch' = ${batch} and b.asker is not distinct from ${ctx.who.userId}`,
  );
  if (same) return same.id;
  const id = newId();
  await inTransaction(ctx, async (inner) => {
    const [last] = await recordsBefore(inner, batch, null, 1);
    const nothing = { where: null, sort: '', values: {}, input: {}, isTrial: false };
    await insertRun(inner, {
      id,
      entity: last?.entity ?? '',
      verb: undoVerb,
      plan: { ...nothing, door: 'undo', batch },
    });
    await writeRun(inner, id, ['running'], { total: await countRecords(inner, batch) });
  });
  return id;
}
