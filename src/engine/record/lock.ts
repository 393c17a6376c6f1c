import { type RawBuilder, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { readAtOnce, statementName } from '../query/prepared.ts';
import { columnsSql, valuesOf } from './codec.ts';
import { refuseAbsent } from './merged-into.ts';

/** Says that a record that may be seen may not be changed. */
export const notYours = message(
  'record-not-writable',
  '{label}: you may see this record but not change it. Ask its owner or an administrator.',
  '{label} : vous pouvez voir cette fiche mais pas la modifier. Adressez-vous à son responsable ou à un administrateur.',
  '{label}: puede ver este registro pero no cambiarlo. Pídaselo a su responsable o a un administrador.',
);

interface Found extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly can_do: boolean;
}

/** A single record read without a lock is had at once, its statement planned already. */
async function run(ctx: Ctx, statement: RawBuilder<Found>, isSingle: boolean): Promise<readonly Found[]> {
  if (!isSingle || ctx.db.isTransaction) return (await statement.execute(ctx.db)).rows;
  const { sql: text, parameters } = statement.compile(ctx.db);
  return readAtOnce<Found>(ctx.db, statementName(text), text, parameters);
}

/**
 * Reads records and, inside a transaction, keeps others from changing them until it ends; refuses those the asker may
 * not see (`not-found`) or not `action` (`forbidden`). Answers them by id. Others may go on naming them, except those
 * that `goes` says are about to go into another one: of these the lock waits for whoever names them, and he for it.
 */
export async function lockRecords(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
  action: 'read' | 'update' | 'remove',
  o: { readonly removed?: boolean; readonly goes?: boolean } = {},
): Promise<ReadonlyMap<string, Values>> {
  const lock = o.goes ? sql`for update of t` : sql`for no key update of t`;
  const statement = sql<Found>`
    select ${columnsSql(entity, 't')}, ${accessSql(ctx, entity, action, 't')} as can_do
    from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) and t.removed_at is ${o.removed ? sql`not null` : sql`null`}
      and ${accessSql(ctx, entity, 'read', 't')}
    order by t.id ${ctx.db.isTransaction ? lock : sql``}`;
  const rows = await run(ctx, statement, ids.length === 1);
  const found = new Map(rows.map((row) => [row.id, row]));
  const label = entity.label.one;
  for (const id of ids) {
    const row = found.get(id);
    if (!row) throw await refuseAbsent(ctx, entity, id);
    if (!row.can_do) throw new Problem('forbidden', { message: notYours, params: { label, id } });
  }
  return new Map(rows.map((row) => [row.id, valuesOf(entity, row)]));
}
