import { sql } from 'kysely';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Erased } from '../../model/erased.ts';
import type { Changes } from '../../model/event.ts';
import type { Values } from '../../model/record.ts';
import { refuseReading } from '../access/access.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { pairNamesOf } from '../duplicates/facing.ts';
import { lockStanding, type Standing } from '../events/may-undo.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { readMany } from '../query/read.ts';
import type { Draft } from '../record/draft.ts';
import { cameTo } from '../record/merged-into.ts';
import { inTransaction } from '../record/transaction.ts';
import { stamp, write } from '../record/write.ts';
import { forgetUnheld } from '../search/known-words.ts';
import { wordsIn } from '../search/words.ts';
import { eraseBulk } from './erase-bulk.ts';
import { eraseImports } from './erase-imports.ts';
import { findMentions } from './mentions.ts';
import { containing, erasedChanges, erasedValue, personalFields, type Traces, tracesOf } from './personal.ts';

const forbidden = message(
  'erase-forbidden',
  'Your roles don’t let you erase a person. Ask an administrator.',
  'Vos rôles ne vous permettent pas d’effacer une personne. Adressez-vous à un administrateur.',
  'Sus roles no le permiten borrar a una persona. Pídaselo a un administrador.',
);
const notPersons = message(
  'erase-not-persons',
  '{label} aren’t about persons: there is nothing to erase. Remove the record instead.',
  '{label} : ces fiches ne concernent pas des personnes, il n’y a rien à effacer. Supprimez plutôt la fiche.',
  '{label}: no se refieren a personas, no hay nada que borrar. Elimine el registro en su lugar.',
);

/**
 * Erases a person for good: the personal fields of the record and of its whole history, its words in search, its keys
 * in other systems, and what imports keep. The record stays with what isn't personal; that, when and by whom it was
 * erased, its history tells. Nothing brings the values back, except a backup made before.
 */
export async function eraseRecord(ctx: Ctx, entity: Entity, id: string): Promise<Erased> {
  refuseReading(ctx, entity);
  if (!hasSpecial(ctx, 'erase')) throw new Problem('forbidden', { message: forbidden });
  const fields = personalFields(entity);
  if (fields.length === 0)
    throw new Problem('conflict', { message: notPersons, params: { label: entity.label.many } });
  if (!isId(id)) throw refuseMissing(entity, id);
  const done = await inTransaction(ctx, async (inner) => {
    const [standing] = await lockStanding(inner, entity, [id]);
    if (!standing?.canRead) throw refuseMissing(entity, id);
    // What was merged into the record is the same person.
    const merged = await lockStanding(inner, entity, await cameTo(inner, entity, id));
    const parts: { readonly events: number; readonly files: readonly string[]; readonly traces: Traces }[] =
      [];
    for (const each of [standing, ...merged]) parts.push(await eraseOne(inner, entity, each));
    return {
      events: parts.reduce((sum, { events }) => sum + events, 0),
      files: [...new Set(parts.flatMap(({ files }) => files))],
      traces: {
        texts: [...new Set(parts.flatMap(({ traces }) => traces.texts))],
        names: parts.flatMap(({ traces }) => traces.names),
      },
    };
  });
  const { events, files, traces } = done;
  const [record] = await readMany(ctx, entity, [id], { removed: true });
  const { mentions, complete } = await mentionsOf(ctx, entity, id, traces);
  return {
    record: record ?? null,
    fields: fields.map(({ name }) => name),
    events,
    files,
    mentions,
    complete,
  };
}

/** Erases one record, in a transaction; what is done of it elsewhere is told. */
async function eraseOne(
  ctx: Ctx,
  entity: Entity,
  standing: Standing,
): Promise<{ readonly events: number; readonly files: readonly string[]; readonly traces: Traces }> {
  const { id, values } = standing;
  const log = await readLog(ctx, entity, id);
  const traces = tracesOf(entity, [values, ...log.flatMap(({ changes }) => sidesOf(changes))]);
  await emptyRecord(ctx, entity, id, values);
  const events = await emptyLog(ctx, entity, log);
  await forgetElsewhere(ctx, entity, standing, traces);
  await eraseBulk(ctx, { id, traces });
  const files = await eraseImports(ctx, { entity: entity.name, id, traces });
  return { events, files, traces };
}

const mentionsOf = (ctx: Ctx, entity: Entity, id: string, traces: Traces) =>
  findMentions(ctx, { entity: entity.name, id, traces });

interface LoggedChange {
  readonly id: string;
  readonly at: string;
  readonly changes: Changes;
}

/** All that happened to the record; times as texts, since a date keeps only milliseconds. */
async function readLog(ctx: Ctx, entity: Entity, id: string): Promise<readonly LoggedChange[]> {
  const { rows } = await sql<LoggedChange>`
    select id, at::text as at, changes from ${sql.id(ctx.workspace.schema, 'event')}
    where entity = ${entity.name} and record = ${id}::uuid order by version`.execute(ctx.db);
  return rows;
}

const sidesOf = (changes: Changes): readonly Values[] =>
  ([0, 1] as const).map((side) =>
    Object.fromEntries(Object.entries(changes).map(([name, pair]) => [name, pair[side]])),
  );

/** Empties the record; its event tells who and when, and nothing else. */
async function emptyRecord(ctx: Ctx, entity: Entity, id: string, stored: Values): Promise<void> {
  const emptied = personalFields(entity)
    .filter(({ name }) => stored[name] !== null && stored[name] !== undefined)
    .map((field): readonly [string, unknown] => [field.name, erasedValue(field)]);
  const draft: Draft = {
    id,
    verb: 'erase',
    before: stored,
    after: { ...stored, ...Object.fromEntries(emptied) },
    given: new Set(),
    keys: [],
    mistakes: [],
  };
  stamp(ctx, draft);
  await write(ctx, entity, [{ draft, changes: {} }]);
}

/** Takes the values out of the log, wherever its months lie. */
async function emptyLog(ctx: Ctx, entity: Entity, log: readonly LoggedChange[]): Promise<number> {
  const table = sql.id(ctx.workspace.schema, 'event');
  const emptied = log
    .map(({ id, at, changes }) => ({ id, at, changes: erasedChanges(entity, changes), was: changes }))
    .filter(({ changes, was }) => JSON.stringify(changes) !== JSON.stringify(was));
  for (let from = 0; from < emptied.length; from += 500) {
    const part = emptied.slice(from, from + 500).map(({ id, at, changes }) => ({ id, at, changes }));
    await sql`update ${table} e set changes = n.changes
      from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as n(id uuid, at timestamptz, changes jsonb)
      where e.id = n.id and e.at = n.at`.execute(ctx.db);
  }
  return emptied.length;
}

/** Keys in other systems, answers kept for a while, what search knew of a record in the bin, and reasons of failures that may quote values. */
async function forgetElsewhere(
  ctx: Ctx,
  entity: Entity,
  { id, values: stored }: Standing,
  traces: Traces,
): Promise<void> {
  const { schema } = ctx.workspace;
  await sql`delete from ${sql.id(schema, 'external_key')} where entity = ${entity.name} and record = ${id}::uuid`.execute(
    ctx.db,
  );
  // The ids of merged records go on answering; the keys they brought along are this person’s.
  await sql`update ${sql.id(schema, 'merged_record')} set keys = '[]'::jsonb
    where entity = ${entity.name} and (record = ${id}::uuid or into_record = ${id}::uuid)`.execute(ctx.db);
  if (stored.removedAt != null)
    await sql`delete from ${sql.id(schema, 'search_entry')} where entity = ${entity.name} and record = ${id}::uuid`.execute(
      ctx.db,
    );
  await sql`delete from ${sql.id(schema, 'duplicate_pair')}
    where entity = any(${[...pairNamesOf(ctx, entity)]}::text[]) and (a = ${id}::uuid or b = ${id}::uuid)`.execute(
    ctx.db,
  );
  await forgetUnheld(ctx, traces.texts.flatMap(wordsIn));
  // Answers kept for requests that may be sent again.
  const told = [id, ...traces.texts.map((text) => JSON.stringify(text).slice(1, -1))].map(containing);
  await sql`delete from ${sql.id(schema, 'kept_answer')} where body ilike any(${told}::text[])`.execute(
    ctx.db,
  );
  await sql`update ${sql.id(schema, 'delivery')} set error = null where entity = ${entity.name} and record = ${id}::uuid`.execute(
    ctx.db,
  );
}
