import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { compileFilter, filterSql } from '../query/filter.ts';
import { orderOf, readOrder } from '../query/order.ts';
import { openSource } from '../query/source.ts';

/** Notes the records named one by one, in their order. */
export async function noteIds(ctx: Ctx, run: string, ids: readonly string[]): Promise<void> {
  await sql`
    insert into ${sql.id(ctx.workspace.schema, 'bulk_row')} (run, place, record)
    select ${run}::uuid, n.place, n.record from unnest(${[...ids]}::uuid[]) with ordinality n (record, place)`.execute(
    ctx.db,
  );
}

/**
 * Notes the records that match now, in the order asked for, without one of them passing through this process. Answers
 * how many they are.
 */
export async function noteMatching(
  ctx: Ctx,
  entity: Entity,
  run: string,
  o: { readonly where: string; readonly sort: string; readonly removed: boolean },
): Promise<number> {
  const order = readOrder(ctx, entity, o.sort);
  const filter = compileFilter(ctx, entity, o.where, o.removed);
  const source = openSource(ctx, entity);
  const id = sql.ref(`${source.alias}.id`);
  const keys = order.keys.map((key) => key.sql(source));
  const matching = filterSql(ctx, source, filter);
  const { numAffectedRows } = await sql`
    insert into ${sql.id(ctx.workspace.schema, 'bulk_row')} (run, place, record)
    select ${run}::uuid, row_number() over (order by ${orderOf(order, keys, id)}), ${id}
    from ${source.from()} where ${matching}`.execute(ctx.db);
  return Number(numAffectedRows ?? 0n);
}
