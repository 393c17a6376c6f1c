import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Verb } from '../../model/event.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { searchWords } from '../search/words.ts';
import { rowOf } from './codec.ts';
import type { Draft } from './draft.ts';

/** A draft found good, with its changes; its version and times are those it will have. */
export interface Write {
  readonly draft: Draft;
  readonly changes: Changes;
}

const bookkeeping = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']);

/** Former and new value of each field that the draft changes. */
export function changesOf(entity: Entity, draft: Draft): Changes {
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const name of Object.keys(entity.fields)) {
    if (bookkeeping.has(name)) continue;
    const before = draft.before?.[name] ?? null;
    const after = draft.after[name] ?? null;
    if (!sameValue(before, after) && !(draft.before === null && isNothing(after)))
      changes[name] = [before, after];
  }
  return changes;
}

/** Gives a draft its bookkeeping: version, who and when. */
export function stamp(ctx: Ctx, draft: Draft): void {
  const at = ctx.now.toISOString();
  draft.after.id = draft.id;
  draft.after.version = Number(draft.before?.version ?? 0) + 1;
  draft.after.updatedAt = at;
  draft.after.updatedBy = ctx.who.userId;
  if (!draft.before) {
    draft.after.createdAt = at;
    draft.after.createdBy = ctx.who.userId;
  }
}

/**
 * Writes stamped drafts of one entity with their events, search entries and external keys in one statement.
 * All drafts are new, or all are changes of existing records.
 */
export async function write(ctx: Ctx, entity: Entity, writes: readonly Write[]): Promise<void> {
  const first = writes[0];
  if (!first) return;
  const table = sql.id(ctx.workspace.schema, entity.table);
  const rows = writes.map(({ draft }) => rowOf(entity, draft.after));
  const columns = Object.keys(rows[0] ?? {});
  const recordSql = first.draft.before
    ? sql`update ${table} t set ${sql.join(columns.filter((c) => c !== 'id').map((c) => sql`${sql.ref(c)} = ${sql.ref(`r.${c}`)}`))}
          from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) r where t.id = r.id`
    : sql`insert into ${table} (${sql.join(columns.map((c) => sql.ref(c)))})
          select ${sql.join(columns.map((c) => sql.ref(c)))} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)`;
  const parts = [sql`written as (${recordSql})`, sql`logged as (${eventSql(ctx, entity, writes)})`];
  const found = searchSql(ctx, entity, writes);
  if (found) parts.push(sql`found as (${found})`);
  const keyed = keySql(ctx, entity, writes);
  if (keyed) parts.push(sql`keyed as (${keyed})`);
  const notice = entity.system ? sql`pg_notify('rapport_setup', ${ctx.workspace.name})` : sql`1`;
  await sql`with ${sql.join(parts)} select ${notice}`.execute(ctx.db);
}

function eventSql(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown> {
  const table = sql.id(ctx.workspace.schema, 'event');
  const events = writes.map(({ draft, changes }) => ({
    id: newId(),
    at: ctx.now.toISOString(),
    actor: ctx.who.userId,
    door: ctx.door,
    batch: ctx.batch,
    entity: entity.name,
    record: draft.id,
    verb: draft.verb,
    version: draft.after.version,
    changes,
  }));
  return sql`insert into ${table} (id, at, actor, door, batch, entity, record, verb, version, changes)
    select id, at, actor, door, batch, entity, record, verb, version, changes
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(events)}::jsonb)`;
}

/** Keeps the words of the records current; a removed record is found no more. */
function searchSql(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown> | null {
  if (entity.search.length === 0) return null;
  const isTouched = (verb: Verb, changes: Changes): boolean =>
    verb !== 'update' || entity.search.some((field) => field in changes) || entity.title in changes;
  const touched = writes.filter(({ draft, changes }) => isTouched(draft.verb, changes));
  if (touched.length === 0) return null;
  const table = sql.id(ctx.workspace.schema, 'search_entry');
  const gone = touched.filter(({ draft }) => draft.verb === 'remove').map(({ draft }) => draft.id);
  if (gone.length > 0)
    return sql`delete from ${table} where entity = ${entity.name} and record = any(${gone}::uuid[])`;
  const entries = touched.map(({ draft }) => {
    const { words, title } = searchWords(entity, draft.after);
    return { record: draft.id, words, title };
  });
  return sql`insert into ${table} (entity, record, words, title)
    select ${entity.name}, record, array_to_tsvector(words), title
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(record uuid, words text[], title text)
    on conflict (entity, record) do update set words = excluded.words, title = excluded.title`;
}

function keySql(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown> | null {
  if (!entity.importable) return null;
  const table = sql.id(ctx.workspace.schema, 'external_key');
  const ids = writes.map(({ draft }) => draft.id);
  const verb = writes[0]?.draft.verb;
  if (verb === 'remove') {
    return sql`update ${table} set removed_at = ${ctx.now.toISOString()}::timestamptz where record = any(${ids}::uuid[]) and removed_at is null`;
  }
  if (verb === 'restore')
    return sql`update ${table} set removed_at = null where record = any(${ids}::uuid[])`;
  const keys = writes.flatMap(({ draft }) =>
    draft.keys.map(({ source, key }) => ({ source, key, record: draft.id })),
  );
  if (keys.length === 0) return null;
  return sql`insert into ${table} (entity, source, key, record)
    select ${entity.name}, source, key, record
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(source text, key text, record uuid)
    on conflict (entity, source, key) where removed_at is null do nothing`;
}

const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
