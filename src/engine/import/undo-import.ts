import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { usesOfValue } from '../record/in-use.ts';
import { inTransaction } from '../record/transaction.ts';
import { restoreRecords } from '../record/verbs.ts';
import type { Report } from './report.ts';
import { selectBatches, writeBatch } from './stored-batch.ts';

const stillUsed = message(
  'import-value-still-used',
  '“{code}” was added by this import and is used by other records: it stays in its list.',
  '« {code} » a été ajouté par cette importation et sert à d’autres fiches : il reste dans sa liste.',
  '«{code}» se añadió con esta importación y lo usan otros registros: se queda en su lista.',
);

type Refused = NonNullable<Report['undo']>['refused'];

/** Goes through with the undo of an import; taken up again after a crash, it leaves alone what is undone already. */
export async function undoImport(ctx: Ctx, id: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const [batch] = await selectBatches(ctx, sql`b.id = ${id} and b.state = 'undoing'`);
  if (!batch) return;
  const report = async (undo: NonNullable<Report['undo']>, state: 'undoing' | 'undone'): Promise<void> => {
    await writeBatch(ctx, id, ['undoing'], {
      state,
      report: { ...batch.report, stopped: null, undo },
      ...(state === 'undone' ? { finishedAt: new Date() } : {}),
    });
  };
  let of = 0;
  let refused: Refused = [];
  if (await hasEvents(ctx, id)) {
    const done = await undoBatch({ ...ctx, door: 'undo' }, id, async (reached, all) => {
      of = all;
      await report({ done: reached, of, refused: [] }, 'undoing');
      return beforeChunk?.();
    });
    await forgetKeys(ctx, id);
    refused = [...done.refused, ...(await keepUsedValues(ctx, id))];
  }
  await ctx.workspace.refresh();
  await report({ done: of, of, refused }, 'undone');
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
