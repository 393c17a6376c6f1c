import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import type { Entity } from '../../model/entity.ts';
import type { Changes, Verb } from '../../model/event.ts';
import { mergeMarks } from '../../model/merge.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { noteWritten, type Written } from '../events/announce.ts';
import { deliverySql } from '../events/owe.ts';
import { preparedQuery, statementName } from '../query/prepared.ts';
import type { ReadBack } from '../query/read.ts';
import type { Row } from '../query/selection.ts';
import { learnSql } from '../search/known-words.ts';
import { forgivingWords, searchWords } from '../search/words.ts';
import { hasClients, onClient } from '../workspace/clients.ts';
import { countSetupSql } from '../workspace/setup-version.ts';
import { rowOf } from './codec.ts';
import type { Draft } from './draft.ts';
import { holdNamed } from './hold-named.ts';
import { intoOf, markSqls } from './merge-marks.ts';

/** A draft found good, with its changes; its version and times are those it will have. */
export interface Write {
  readonly draft: Draft;
  readonly changes: Changes;
}

const bookkeeping = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']);

const marks = Object.values(mergeMarks);

/** Former and new value of each field that the draft changes, and what a merge notes. */
export function changesOf(entity: Entity, draft: Draft): Changes {
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const name of [...Object.keys(entity.fields), ...marks]) {
    if (bookkeeping.has(name)) continue;
    const before = draft.before?.[name] ?? null;
    const after = draft.after[name] ?? null;
    if (!sameValue(before, after) && !(draft.before === null && isNothing(after)))
      changes[name] = [before, after];
  }
  return changes;
}

/**
 * Gives a draft its bookkeeping: version, who and when. Never earlier than the version before: who asked first may
 * write last, and the history is told in the order of writing.
 */
export function stamp(ctx: Ctx, draft: Draft): void {
  const now = ctx.now.toISOString();
  const before = String(draft.before?.updatedAt ?? '');
  const at = before > now ? before : now;
  draft.after.id = draft.id;
  draft.after.version = Number(draft.before?.version ?? 0) + 1;
  draft.after.updatedAt = at;
  draft.after.updatedBy = ctx.who.userId;
  if (!draft.before) {
    draft.after.createdAt = at;
    draft.after.createdBy = ctx.who.userId;
  }
}

/** New records sent at once; the next are spelt while the database writes these. */
const pieceSize = 250;
/** Of the first piece: nothing is written while it is spelt. */
const firstSize = 100;

/**
 * Writes stamped drafts of one entity with their events, search entries and external keys in one statement, so
 * whole or not at all; many new records inside a transaction in several statements, of which a refused one leaves the
 * whole to be rolled back. All drafts are new, or all are changes of existing records; a record that has another
 * version by now than its draft was made from is left alone, and so is one outside a transaction that names what went
 * since. Answers how many were written. `back` of a single one is read with the same sending.
 */
export async function write(
  ctx: Ctx,
  entity: Entity,
  writes: readonly Write[],
  back: ReadBack | null = null,
): Promise<number> {
  const [first] = writes;
  if (!first) return 0;
  const isInPieces = ctx.db.isTransaction && first.draft.before === null && writes.length > pieceSize;
  const count = isInPieces
    ? await writePieces(ctx, entity, writes)
    : await run(ctx, statementOf(ctx, entity, writes), writes.length === 1, back);
  if (count === writes.length) noteWritten(ctx, writes.map(writtenOf(entity)));
  return count;
}

async function writePieces(ctx: Ctx, entity: Entity, writes: readonly Write[]): Promise<number> {
  let count = 0;
  let running: Promise<number> | null = null;
  for (let from = 0, to = firstSize; from < writes.length; [from, to] = [to, to + pieceSize]) {
    const statement = statementOf(ctx, entity, writes.slice(from, to));
    if (running) count += await running;
    running = run(ctx, statement, false);
    // Waited for after the next is spelt; and it must be on its way before that.
    running.catch(() => {});
    await sleep(1);
  }
  return count + ((await running) ?? 0);
}

type Statement = RawBuilder<{ count: number }>;

function statementOf(ctx: Ctx, entity: Entity, writes: readonly Write[]): Statement {
  const table = sql.id(ctx.workspace.schema, entity.table);
  const rows = writes.map(({ draft }) => rowOf(entity, draft.after));
  const { names, values, set } = columnLists(ctx, entity, Object.keys(rows[0] ?? {}));
  const sent = sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows.map(withoutNulls))}::jsonb) r`;
  const held = holdNamed(
    ctx,
    writes.map(({ draft }) => draft),
  );
  const ifHeld = (first: string): RawBuilder<unknown> =>
    held.conditions.length > 0 ? sql` ${sql.raw(first)} ${sql.join(held.conditions, sql` and `)}` : sql``;
  const recordSql = writes[0]?.draft.before
    ? sql`update ${table} t set ${set} from ${sent}
          where t.id = r.id and t.version = r.version - 1${ifHeld('and')} returning t.id`
    : sql`insert into ${table} as t (${names})
          select ${values} from ${sent}${ifHeld('where')} returning t.id`;
  const parts = [
    ...held.parts,
    sql`written as (${recordSql})`,
    sql`logged as (${eventSql(ctx, entity, writes)})`,
  ];
  const owed = deliverySql(ctx, entity, writes);
  if (owed) parts.push(sql`owed as (${owed})`);
  parts.push(...searchParts(ctx, entity, writes));
  const keyed = keySql(ctx, entity, writes);
  if (keyed) parts.push(sql`keyed as (${keyed})`);
  const marked = markSqls(
    ctx,
    entity,
    writes.map(({ draft }) => draft),
  );
  parts.push(...marked.parts);
  if (entity.setup) parts.push(sql`counted as (${countSetupSql(ctx.workspace.schema)})`);
  const notices = [
    ...(entity.setup ? [sql`pg_notify('rapport_setup', ${ctx.workspace.name})`] : []),
    ...(marked.notice ? [marked.notice] : []),
  ];
  const count = sql`(select count(*)::int from written) as count`;
  return sql`with ${sql.join(parts)} select ${sql.join([count, ...notices])}`;
}

/** A row as it is sent: what it doesn't say is null by itself, and most columns of most records are. */
function withoutNulls(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const name in row) if (row[name] !== null) said[name] = row[name];
  return said;
}

const writtenOf =
  (entity: Entity) =>
  ({ draft }: Write): Written => ({
    entity: entity.name,
    id: draft.id,
    verb: draft.verb,
    version: Number(draft.after.version),
  });

async function run(
  ctx: Ctx,
  statement: Statement,
  isSingle: boolean,
  back: ReadBack | null = null,
): Promise<number> {
  if (!isSingle) return (await statement.execute(ctx.db)).rows[0]?.count ?? 0;
  // Single writes of an entity have few texts: each connection plans them once.
  const { sql: text, parameters } = statement.compile(ctx.db);
  const name = statementName(text);
  if (back && hasClients(ctx.db)) {
    const [answer, rows] = await onClient(ctx.db, ({ followed }) =>
      followed({ name, text, values: parameters }, back.statement),
    );
    const { count } = answer[0] as { readonly count: number };
    back.rows = count === 1 ? (rows as readonly Row[] | null) : null;
    return count;
  }
  const { rows: answer } = await ctx.db.executeQuery<{ count: number }>(
    preparedQuery(name, text, parameters),
  );
  return answer[0]?.count ?? 0;
}

/** The columns of an entity as a statement that writes them names them. */
interface ColumnLists {
  readonly names: RawBuilder<unknown>;
  readonly values: RawBuilder<unknown>;
  readonly set: RawBuilder<unknown>;
}

const known = new WeakMap<Entity, ColumnLists>();

/** Spelt once per entity: there are scores of them, and each write names them all. */
function columnLists(ctx: Ctx, entity: Entity, columns: readonly string[]): ColumnLists {
  let lists = known.get(entity);
  if (!lists) {
    const spelt = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
      sql.raw(sql.join(parts).compile(ctx.db).sql);
    const sent = (column: string): RawBuilder<unknown> => sql.ref(`r.${column}`);
    const changing = columns.filter((column) => column !== 'id');
    lists = {
      names: spelt(columns.map((column) => sql.ref(column))),
      values: spelt(columns.map(sent)),
      set: spelt(changing.map((column) => sql`${sql.ref(column)} = ${sent(column)}`)),
    };
    known.set(entity, lists);
  }
  return lists;
}

/** Only of records really written: a draft that was overtaken leaves no event, word or key. */
const ofWritten = sql`(select id from written)`;

function eventSql(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown> {
  const table = sql.id(ctx.workspace.schema, 'event');
  const events = writes.map(({ draft, changes }) => ({
    id: newId(),
    at: draft.after.updatedAt,
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
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(events)}::jsonb) where record in ${ofWritten}
    returning id, at, entity, record, verb, version`;
}

/** Keeps the words of the records current, and those new to them known; a removed record is found no more. */
function searchParts(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown>[] {
  if (entity.search.length === 0) return [];
  const isTouched = (verb: Verb, changes: Changes): boolean =>
    verb !== 'update' || entity.search.some((field) => field in changes) || entity.title in changes;
  const touched = writes.filter(({ draft, changes }) => isTouched(draft.verb, changes));
  if (touched.length === 0) return [];
  const table = sql.id(ctx.workspace.schema, 'search_entry');
  const gone = touched.filter(({ draft }) => draft.verb === 'remove').map(({ draft }) => draft.id);
  if (gone.length > 0) {
    // A list of ids beside would be gone through for each record.
    const isSome = gone.length < writes.length ? sql`and record = any(${gone}::uuid[])` : sql``;
    return [
      sql`found as (delete from ${table} where entity = ${entity.name} and record in ${ofWritten} ${isSome})`,
    ];
  }
  const entries = touched.map(({ draft }) => ({ draft, entry: searchWords(entity, draft.after) }));
  const sent = entries.map(({ draft, entry }) => ({ record: draft.id, ...entry }));
  const learnt = new Set(
    entries.flatMap(({ draft, entry }) => newWords(entity, draft, forgivingWords(entry))),
  );
  return [
    sql`found as (insert into ${table} (entity, record, words, title)
      select ${entity.name}, record, array_to_tsvector(words), title
      from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as e(record uuid, words text[], title text)
      where record in ${ofWritten}
      on conflict (entity, record) do update set words = excluded.words, title = excluded.title)`,
    ...(learnt.size > 0 ? [sql`learnt as (${learnSql(ctx.workspace.schema, [...learnt])})`] : []),
  ];
}

/** Of an update only what the record didn't hold before: all else is known. */
function newWords(entity: Entity, { verb, before }: Draft, words: readonly string[]): readonly string[] {
  if (verb !== 'update' || before === null) return words;
  const known = new Set(searchWords(entity, before).words);
  return words.filter((word) => !known.has(word));
}

function keySql(ctx: Ctx, entity: Entity, writes: readonly Write[]): RawBuilder<unknown> | null {
  if (!entity.importable) return null;
  const table = sql.id(ctx.workspace.schema, 'external_key');
  const verb = writes[0]?.draft.verb;
  if (verb === 'remove') {
    // The keys of what is merged don’t go to the bin with it.
    const ids = writes.filter(({ draft }) => intoOf(draft) === null).map(({ draft }) => draft.id);
    if (ids.length === 0) return null;
    // A list of ids beside would be gone through for each record.
    const isSome = ids.length < writes.length ? sql`and record = any(${ids}::uuid[])` : sql``;
    // Said so that the index of live keys doesn't offer itself: it holds all of them, and is gone through for each record.
    const isLive = sql`coalesce(removed_at, 'infinity') = 'infinity'`;
    return sql`update ${table} set removed_at = ${ctx.now.toISOString()}::timestamptz
      where record in ${ofWritten} and ${isLive} ${isSome}`;
  }
  if (verb === 'restore') return sql`update ${table} set removed_at = null where record in ${ofWritten}`;
  const keys = writes.flatMap(({ draft }) =>
    draft.keys.map(({ source, key }) => ({ source, key, record: draft.id })),
  );
  if (keys.length === 0) return null;
  return sql`insert into ${table} (entity, source, key, record)
    select ${entity.name}, source, key, record
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(source text, key text, record uuid)
    where record in ${ofWritten}`;
}

const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
