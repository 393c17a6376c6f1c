import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { usesOfValue } from '../record/in-use.ts';
import { inTransaction } from '../record/transaction.ts';
import { restoreRecords } from '../record/verbs.ts';
import { clearAside } from './aside.ts';
import type { Report } from './report.ts';
import { inOrder } from './set-order.ts';
import { ofSet, type StoredBatch, selectBatches, writeBatch, writeBatches } from './stored-batch.ts';

const stillUsed = message(
  'import-value-still-used',
  '“{code}” was added by this import and is used by other records: it stays in its list.',
  '« {code} » a été ajouté par cette importation et sert à d’autres fiches : il reste dans sa liste.',
  '«{code}» se añadió con esta importación y lo usan otros registros: se queda en su lista.',
);

type Refused = NonNullable<Report['undo']>['refused'];

/**
 * Goes through with the undo of a set, the file written last first; taken up again after a crash, it goes on where it
 * was. `beforeChunk` answers as whom.
 */
export async function undoSet(ctx: Ctx, set: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const files = await selectBatches(ctx, sql`${ofSet(set)} and b.state = 'undoing'`, 1000);
  for (const batch of inOrder(ctx, files.toReversed()).toReversed()) await undoFile(ctx, batch, beforeChunk);
  for (const { id } of files) await clearAside(ctx, id);
  await ctx.workspace.refresh();
  await writeBatches(ctx, ofSet(set), ['undoing'], { state: 'undone', finishedAt: new Date() });
}

async function undoFile(ctx: Ctx, batch: StoredBatch, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const report = (undo: NonNullable<Report['undo']>): Promise<boolean> =>
    writeBatch(ctx, batch.id, ['undoing'], { report: { ...batch.report, stopped: null, undo } });
  if (batch.report.undo?.isWhole) return;
  if (!(await hasEvents(ctx, batch.id))) {
    await report({ done: 0, of: 0, refused: [], refusedCount: 0, isWhole: true });
    return;
  }
  let of = batch.report.undo?.progress?.of ?? 0;
  const done = await undoBatch(
    { ...ctx, door: 'undo' },
    batch.id,
    async (reached, all, progress) => {
      of = all;
      const { inTheWay: refused, refused: refusedCount } = progress;
      await report({ done: reached, of, refused, refusedCount, progress });
      return beforeChunk?.();
    },
    batch.report.undo?.progress,
  );
  await forgetKeys(ctx, batch.id);
  const used = await keepUsedValues(ctx, batch.id);
  const refusedCount = done.refusedCount + used.length;
  await report({ done: of, of, refused: [...done.refused, ...used], refusedCount, isWhole: true });
}

async function hasEvents(ctx: Ctx, batch: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${sql.id(ctx.workspace.schema, 'event')} where batch = ${batch} limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Takes away the keys that the import gave to records which had been there before. */
async function forgetKeys(ctx: Ctx, batch: string): Promise<void> {
  const { schema } = ctx.workspace;
  await sql`
    delete from ${sql.id(schema, 'external_key')} k
    using ${sql.id(schema, 'import_row')} r, ${sql.id(schema, 'import_batch')} b
    where b.id = ${batch} and r.batch = b.id and r.new_key is not null
      and k.entity = r.entity and k.record = r.record and k.source = b.source and k.key = r.new_key`.execute(
    ctx.db,
  );
}

/** List values that the import added and other records use by now come back: a value in use can't vanish. */
async function keepUsedValues(ctx: Ctx, batch: string): Promise<Refused> {
  const { schema } = ctx.workspace;
  const entity = entityOf(ctx.workspace.model, 'base-value');
  const { rows } = await sql<{ id: string; list: string; code: string }>`
    select v.id, v.list, v.code from ${sql.id(schema, entity.table)} v
    where v.removed_at is not null and v.id in (
      select e.record from ${sql.id(schema, 'event')} e
      where e.batch = ${batch} and e.entity = 'base-value' and e.verb = 'create')`.execute(ctx.db);
  const used: typeof rows = [];
  for (const value of rows) if ((await usesOfValue(ctx, value.list, value.code)).count > 0) used.push(value);
  if (used.length > 0) {
    const asSystem: Ctx = {
      ...ctx,
      door: 'system',
      who: { ...ctx.who, roles: [...ctx.who.roles, 'administrator'] },
    };
    await inTransaction(asSystem, (inner) =>
      restoreRecords(
        inner,
        entity,
        used.map(({ id }) => id),
      ),
    );
  }
  return used.map(({ id, code }) => ({
    entity: 'base-value',
    id,
    mistakes: [{ field: 'code', message: stillUsed, params: { code } }],
  }));
}
