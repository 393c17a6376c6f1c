import { type RawBuilder, sql } from 'kysely';
import { editDistance } from '../../lib/edit-distance.ts';
import type { Ctx } from '../ctx.ts';
import { forgiven, isForgiving, keysOfTyped, keysOfWord } from './near-keys.ts';

/** Words looked at for what was typed, and those taken for each of its words. */
const mostLookedAt = 2_000;
const mostMeant = 40;

/**
 * Adds to the words that records have, each with the keys under which it is found when mistyped. Two writers of the
 * same new word both add it rather than wait for one another; the next rebuild leaves one.
 */
export function learnSql(schema: string, words: readonly string[]): RawBuilder<unknown> {
  const table = sql.id(schema, 'search_word');
  const known = words.map((word) => ({ word, near: keysOfWord(word) }));
  return sql`insert into ${table} (word, made, near)
    select n.word, pg_current_xact_id()::text::bigint, n.near
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as n(word text, near text[])
    where not exists (select 1 from ${table} s where s.word = n.word)`;
}

/**
 * The words of records that may be meant by those typed, nearest first: one mistake away, or two of a word of eight
 * letters and more. They are of all records, so they may be looked for and must not be told.
 */
export async function wordsMeant(
  ctx: Ctx,
  typed: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const doubtful = typed.filter(isForgiving);
  if (doubtful.length === 0) return new Map();
  const keys = [...new Set(doubtful.flatMap(keysOfTyped))];
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select word from ${sql.id(ctx.workspace.schema, 'search_word')}
      where near && ${keys}::text[] limit ${sql.lit(mostLookedAt)}) as looked_at`.execute(ctx.db);
  const words = rows.map(({ word }) => word);
  const meant = doubtful.map((one) => [one, nearestOf(one, words)] as const);
  return new Map(meant.filter(([, those]) => those.length > 0));
}

function nearestOf(typed: string, words: readonly string[]): readonly string[] {
  return words
    .filter((word) => word !== typed && Math.max(word.length, typed.length) > 3)
    .map((word) => ({ word, mistakes: editDistance(typed, word, forgiven(word) + 1) }))
    .filter(({ word, mistakes }) => mistakes <= forgiven(word))
    .sort((a, b) => a.mistakes - b.mistakes || (a.word < b.word ? -1 : 1))
    .slice(0, mostMeant)
    .map(({ word }) => word);
}

/** Forgets words that no entry holds any more: those of somebody who was erased. */
export async function forgetUnheld(ctx: Ctx, words: readonly string[]): Promise<void> {
  const { schema } = ctx.workspace;
  const known = [...new Set(words.filter(isForgiving))];
  if (known.length === 0) return;
  await sql`delete from ${sql.id(schema, 'search_word')} w where w.word = any(${known}::text[]) and not exists (
    select 1 from ${sql.id(schema, 'search_entry')} e where e.words @@ quote_literal(w.word)::tsquery)`.execute(
    ctx.db,
  );
}
