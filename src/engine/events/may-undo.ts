import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Verb } from '../../model/event.ts';
import { mergeMarks } from '../../model/merge.ts';
import type { Values } from '../../model/record.ts';
import { accessSql, levelFor, may, type OwnedRow } from '../access/access.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { rowOf, valuesOf } from '../record/codec.ts';

/** A record as it is now, locked until the transaction ends, with what the asker may do to it. */
export interface Standing {
  readonly id: string;
  /** Of a merged record also the one it went into, by its mark. */
  readonly values: Values;
  /** Records that went into this one by merges. */
  readonly mergedFrom: readonly string[];
  readonly canRead: boolean;
  readonly canUpdate: boolean;
  readonly canRemove: boolean;
}

/** Which events of a batch are the asker's to take back: his own; who may undo any, all. */
export const ownEvents = (ctx: Ctx, alias: string): RawBuilder<boolean> =>
  hasSpecial(ctx, 'undo-any')
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(`${alias}.actor`)} = ${ctx.who.userId}`;

/** Locks these records, those in the bin included, by id; whoever may not see one must not hear of it. */
export async function lockStanding(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly Standing[]> {
  const marks = sql.id(ctx.workspace.schema, 'merged_record');
  const { rows } = await sql<
    Record<string, unknown> & {
      id: string;
      can_read: boolean;
      can_update: boolean;
      can_remove: boolean;
      merge_into: string | null;
      merge_from: readonly string[] | null;
    }
  >`
    select t.*,
      (select m.into_record from ${marks} m where m.entity = ${entity.name} and m.record = t.id) as merge_into,
      (select array_agg(m.record) from ${marks} m where m.entity = ${entity.name} and m.into_record = t.id) as merge_from,
      ${accessSql(ctx, entity, 'read', 't')} as can_read,
      ${accessSql(ctx, entity, 'update', 't')} as can_update, ${accessSql(ctx, entity, 'remove', 't')} as can_remove
    from ${sql.id(ctx.workspace.schema, entity.table)} t where t.id = any(${[...ids]}::uuid[])
    order by t.id for no key update of t`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    values:
      row.merge_into === null
        ? valuesOf(entity, row)
        : { ...valuesOf(entity, row), [mergeMarks.into]: row.merge_into },
    mergedFrom: row.merge_from ?? [],
    canRead: row.can_read,
    canUpdate: row.can_update,
    canRemove: row.can_remove,
  }));
}

/** Whether the asker may change the record as it is, or may once the owner and teams it is to get back are his. */
export function mayPutBack(ctx: Ctx, entity: Entity, standing: Standing, verb: Verb, after: Values): boolean {
  const action = verb === 'restore' ? 'remove' : 'update';
  if (verb === 'restore' ? standing.canRemove : standing.canUpdate) return true;
  const level = levelFor(ctx, entity, action);
  return (
    typeof level !== 'object' &&
    level !== 'filtered' &&
    may(ctx, entity, action, rowOf(entity, after) as unknown as OwnedRow)
  );
}
