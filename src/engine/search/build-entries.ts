import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { columnsSql, valuesOf } from '../record/codec.ts';
import { learnSql } from './known-words.ts';
import { forgivingWords, searchWords } from './words.ts';

/** Records per transaction: their writers wait for no more than that. */
const batchSize = 500;

/** What one batch looked at. */
export interface Built {
  readonly records: number;
  /** The last record; null when there are no more. */
  readonly last: string | null;
}

/**
 * Builds the search entries of the next records of an entity anew. They are locked while their words are worked out,
 * so that none is put over newer ones. Meanwhile what was there is searched.
 */
export async function buildEntries(ctx: Ctx, entity: Entity, after: string | null): Promise<Built> {
  const { schema } = ctx.workspace;
  const table = sql.id(schema, 'search_entry');
  if (entity.search.length === 0) {
    await sql`delete from ${table} where entity = ${entity.name}`.execute(ctx.db);
    return { records: 0, last: null };
  }
  return ctx.db.transaction().execute(async (db) => {
    const { rows } = await sql<Record<string, unknown> & { readonly id: string }>`
      select ${columnsSql(entity, 't')} from ${sql.id(schema, entity.table)} t
      where t.removed_at is null and t.id > ${after ?? first}::uuid order by t.id limit ${batchSize} for share of t`.execute(
      db,
    );
    const entries = rows.map((row) => ({ record: row.id, ...searchWords(entity, valuesOf(entity, row)) }));
    await sql`insert into ${table} as e (entity, record, words, title)
      select ${entity.name}, record, array_to_tsvector(words), title
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(record uuid, words text[], title text)
      on conflict (entity, record) do update set words = excluded.words, title = excluded.title
      where e.words <> excluded.words or e.title is distinct from excluded.title`.execute(db);
    const words = [...new Set(entries.flatMap(forgivingWords))];
    if (words.length > 0) await learnSql(schema, words).execute(db);
    return { records: rows.length, last: rows.length < batchSize ? null : (rows.at(-1)?.id ?? null) };
  });
}

const first = '00000000-0000-0000-0000-000000000000';
