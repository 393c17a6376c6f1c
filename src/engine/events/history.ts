import { sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import { administrator } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, RecordEvent } from '../../model/event.ts';
import type { HistoryEntry } from '../../model/history.ts';
import { isMergeMark } from '../../model/merge.ts';
import type { Page } from '../../model/record.ts';
import { accessSql, refuseReading } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { fingerprint, readCursor, writeCursor } from '../query/cursor.ts';
import { refuseCursor, refuseLimit, refuseMissing } from '../query/mistakes.ts';
import { titleSql } from '../query/title.ts';
import { user } from '../system/user.ts';
import { mergeTeller } from './tell-merges.ts';
import { valueTeller } from './tell-values.ts';

const largestPage = 200;

interface Row {
  readonly id: string | null;
  readonly at: string;
  readonly actor: string | null;
  readonly actor_name: string | null;
  readonly door: RecordEvent['door'];
  readonly batch: string | null;
  readonly verb: RecordEvent['verb'];
  readonly version: number;
  readonly changes: Changes;
}

/** What happened to a record that the reader may read (in the bin or not), newest first. */
export async function history(
  ctx: Ctx,
  entity: Entity,
  id: string,
  o: { readonly limit?: number; readonly after?: string } = {},
): Promise<Page<HistoryEntry>> {
  refuseReading(ctx, entity);
  if (!isId(id)) throw refuseMissing(entity, id);
  const limit = o.limit ?? 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) throw refuseLimit(o.limit, largestPage);
  const mark = fingerprint('history', entity.name, id);
  const rows = await readEvents(ctx, entity, id, limit, mark, o.after);
  if (rows.length === 0) throw refuseMissing(entity, id);
  const served = rows.filter((row) => row.id !== null).slice(0, limit);
  const last = rows.length > limit ? served.at(-1) : undefined;
  return {
    items: await entriesOf(ctx, entity, served),
    next: last ? writeCursor({ mark, id: last.id ?? '', keys: [last.at] }) : null,
    total: null,
  };
}

/** The events of a record the reader may read: one row of nulls when it has none, no row when he may not. */
async function readEvents(
  ctx: Ctx,
  entity: Entity,
  id: string,
  limit: number,
  mark: string,
  after: string | undefined,
): Promise<readonly Row[]> {
  const cursor = after === undefined ? null : readCursor(after);
  const from = cursor?.keys[0];
  if (after !== undefined && (cursor?.mark !== mark || !from || !isMoment(from))) throw refuseCursor(after);
  const beyond = cursor ? sql` and (e.at, e.id) < (${from}::timestamptz, ${cursor.id}::uuid)` : sql``;
  const { schema } = ctx.workspace;
  const { rows } = await sql<Row>`
    select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      e.actor, ${titleSql(ctx, user, 'u')} as actor_name, e.door, e.batch, e.verb, e.version, e.changes
    from ${sql.id(schema, entity.table)} r
    left join lateral (
      select * from ${sql.id(schema, 'event')} e
      where e.entity = ${entity.name} and e.record = r.id${beyond}
      order by e.at desc, e.id desc limit ${limit + 1}) e on true
    left join ${sql.id(schema, user.table)} u on u.id = e.actor and ${accessSql(ctx, user, 'read', 'u')}
    where r.id = ${id}::uuid and ${accessSql(ctx, entity, 'read', 'r')}
    order by e.at desc, e.id desc`.execute(ctx.db);
  return rows;
}

/** A moment as `readEvents` writes it, on a day that exists. */
const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 19) === text.slice(0, 19);

async function entriesOf(ctx: Ctx, entity: Entity, rows: readonly Row[]): Promise<readonly HistoryEntry[]> {
  const fields = readableFields(ctx, entity);
  // A field that is declared no more may have been a hidden one.
  const mayShow = (name: string): boolean =>
    Object.hasOwn(fields, name) ||
    (ctx.who.roles.includes(administrator) && !Object.hasOwn(entity.fields, name) && !isMergeMark(name));
  const shown = rows.map((row) => Object.entries(row.changes).filter(([name]) => mayShow(name)));
  const tell = await valueTeller(ctx, fields, shown.flat());
  const mergedOf = await mergeTeller(
    ctx,
    entity,
    rows.map(({ changes }) => changes),
  );
  return rows.map((row, index) => ({
    id: row.id ?? '',
    at: new Date(row.at).toISOString(),
    actor: row.actor === null ? null : { id: row.actor, label: row.actor_name },
    door: row.door,
    batch: row.batch,
    verb: row.verb,
    version: row.version,
    merged: mergedOf(row.changes),
    changes: (shown[index] ?? []).map(([name, [before, after]]) => ({
      field: name,
      label: fields[name]?.label[ctx.locale] ?? name,
      before: tell.value(name, before),
      after: tell.value(name, after),
      beforeLabel: tell.label(name, before),
      afterLabel: tell.label(name, after),
    })),
  }));
}
