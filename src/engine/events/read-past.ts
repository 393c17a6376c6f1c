import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Changes } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { titleSql } from '../query/title.ts';
import { valuesOf } from '../record/codec.ts';
import { user } from '../system/user.ts';

/** The event that made a record what it was at a moment. */
export interface LastEvent {
  readonly id: string;
  readonly at: string;
  readonly actor: string | null;
  readonly actor_name: string | null;
  readonly version: number;
}

interface LaterEvent {
  readonly at: string;
  readonly version: number;
  readonly changes: Changes;
}

/** What the log says of a record at a moment. */
export type Past =
  /** The values then. */
  | { readonly is: 'known'; readonly values: Values; readonly last: LastEvent | null }
  /** The record was made later, at `since`. */
  | { readonly is: 'not-yet'; readonly since: string }
  /** The log was cut off since: it tells the record's life from `since` on. */
  | { readonly is: 'forgotten'; readonly since: string };

/**
 * What a record was at a moment, rebuilt from what it is and what happened after, in one statement and so of one
 * state. Null when the reader may not read it. Looks at the months from the moment on, and at the last event before it.
 */
export async function readPast(ctx: Ctx, entity: Entity, id: string, moment: string): Promise<Past | null> {
  const { schema } = ctx.workspace;
  const event = sql.id(schema, 'event');
  const ofRecord = sql`e.entity = ${entity.name} and e.record = r.id`;
  const { rows } = await sql<
    Record<string, unknown> & { later: LaterEvent[] | null; last: LastEvent | null }
  >`
    select r.*,
      (select jsonb_agg(jsonb_build_object('at', e.at, 'version', e.version, 'changes', e.changes) order by e.version desc)
        from ${event} e where ${ofRecord} and e.at > ${moment}::timestamptz) as later,
      (select jsonb_build_object('id', e.id, 'at', e.at, 'actor', e.actor, 'version', e.version,
          'actor_name', (select ${titleSql(ctx, user, 'u')} from ${sql.id(schema, user.table)} u
            where u.id = e.actor and ${accessSql(ctx, user, 'read', 'u')}))
        from ${event} e where ${ofRecord} and e.at <= ${moment}::timestamptz and e.at >= r.created_at
        order by e.at desc, e.id desc limit 1) as last
    from ${sql.id(schema, entity.table)} r
    where r.id = ${id}::uuid and ${accessSql(ctx, entity, 'read', 'r')}`.execute(ctx.db);
  const [row] = rows;
  return row ? pastOf(valuesOf(entity, row), row.later ?? [], row.last, moment) : null;
}

/** Takes back what happened later, the newest first. */
function pastOf(stored: Values, later: readonly LaterEvent[], last: LastEvent | null, moment: string): Past {
  const createdAt = String(stored.createdAt);
  if (createdAt > moment) return { is: 'not-yet', since: createdAt };
  const isWhole = last
    ? later.length === Number(stored.version) - last.version
    : later.length === 0 && String(stored.updatedAt) <= moment;
  if (!isWhole) {
    const first = later.at(-1)?.at ?? String(stored.updatedAt);
    return { is: 'forgotten', since: new Date(first).toISOString() };
  }
  const values: Record<string, unknown> = { ...stored };
  for (const { changes } of later)
    for (const [field, [before]] of Object.entries(changes)) values[field] = before;
  if (last) {
    values.version = last.version;
    values.updatedAt = new Date(last.at).toISOString();
    values.updatedBy = last.actor;
  }
  return { is: 'known', values, last };
}
