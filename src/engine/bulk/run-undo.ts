import { sql } from 'kysely';
import { keepableJson } from '../../lib/keepable.ts';
import type { BulkOutcome } from '../../model/bulk.ts';
import type { Ctx } from '../ctx.ts';
import { type UndoStep, undoSteps } from '../events/undo-batch.ts';
import { proceed } from './run.ts';
import { type StoredRun, selectRuns } from './stored-run.ts';

/**
 * Goes through with a run that undoes a batch, from where it stands: its events have the run’s own id as their batch,
 * so that its undo does everything again. `asker` answers as whom, with the rights he has now; it is asked anew for each
 * piece, which is one transaction with what became of its records.
 */
export async function runUndo(asker: () => Promise<Ctx>, id: string): Promise<void> {
  const ctx = await asker();
  const [found] = await selectRuns(ctx, sql`b.id = ${id} and b.state = 'running'`);
  if (found?.plan.batch === undefined) return;
  let run = found;
  const { position, refused, place } = run;
  const steps = undoSteps(ctx, found.plan.batch, {
    from: { batch: id, of: run.total ?? 0, reached: position, refused, inTheWay: [], place },
    keep: (inner, step) => keepStep(inner, run, step),
  });
  for (let next: Ctx | undefined; ; next = await asker()) {
    const { value, done } = await steps.next(next);
    if (done) break;
    run = reachedBy(run, value);
  }
  await ctx.workspace.refresh();
  await proceed(await asker(), id, { state: 'done', total: run.position, finishedAt: new Date() });
}

/** How far a run is by a piece that it undid. */
function reachedBy(run: StoredRun, { records, done, refused, progress }: UndoStep): StoredRun {
  return {
    ...run,
    position: run.position + records.length,
    changed: run.changed + done.length,
    refused: run.refused + refused.length,
    unchanged: run.unchanged + records.length - done.length - refused.length,
    place: progress.place,
  };
}

async function keepStep(ctx: Ctx, run: StoredRun, step: UndoStep): Promise<void> {
  const nameOf = (entity: string, id: string): string => `${entity} ${id}`;
  const done = new Set(step.done.map(({ entity, id }) => nameOf(entity, id)));
  const refused = new Map(step.refused.map(({ entity, id, mistakes }) => [nameOf(entity, id), mistakes]));
  const outcomeOf = (name: string): BulkOutcome =>
    refused.has(name) ? 'refused' : done.has(name) ? 'changed' : 'unchanged';
  const rows = step.records.map(({ entity, record }, index) => ({
    place: run.position + index + 1,
    entity,
    record,
    outcome: outcomeOf(nameOf(entity, record)),
    mistakes: refused.get(nameOf(entity, record))?.map(({ value: _value, ...said }) => said) ?? null,
  }));
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'bulk_row')} (run, place, entity, record, outcome, mistakes)
    select ${run.id}::uuid, r.place, r.entity, r.record, r.outcome, r.mistakes
    from jsonb_to_recordset(${keepableJson(rows)}::jsonb)
      as r(place integer, entity text, record uuid, outcome text, mistakes jsonb)`.execute(ctx.db);
  const { position, changed, unchanged, refused: inTheWay, place } = reachedBy(run, step);
  await proceed(ctx, run.id, { position, changed, unchanged, refused: inTheWay, place }, run.position);
}
