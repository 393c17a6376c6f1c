import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { columnsSql, valuesOf } from '../record/codec.ts';
import { searchWords } from './words.ts';

/** Records per transaction: their writers wait for no more than that. */
const batchSize = 500;

/**
 * Gathers the search entries of all records of an entity anew, as what its search looks at changed. Each batch is
 * locked while its words are worked out, so that none is put over newer ones.
 */
export async function gatherWords(ctx: Ctx, entity: Entity): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const last = await gatherBatch(ctx, entity, after);
    if (last === null || ctx.signal?.aborted) return;
    after = last;
  }
}

async function gatherBatch(ctx: Ctx, entity: Entity, after: string): Promise<string | null> {
  const { schema } = ctx.workspace;
  return ctx.db.transaction().execute(async (db) => {
    const { rows } = await sql<Record<string, unknown> & { readonly id: string }>`
      select ${columnsSql(entity, 't')} from ${sql.id(schema, entity.table)} t
      where t.removed_at is null and t.id > ${after}::uuid order by t.id limit ${batchSize} for share of t`.execute(
      db,
    );
    const entries = rows.map((row) => ({ record: row.id, ...searchWords(entity, valuesOf(entity, row)) }));
    const table = sql.id(schema, 'search_entry');
    if (entity.search.length === 0) await sql`delete from ${table} where entity = ${entity.name}`.execute(db);
    else
      await sql`insert into ${table} (entity, record, words, title)
        select ${entity.name}, record, array_to_tsvector(words), title
        from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(record uuid, words text[], title text)
        on conflict (entity, record) do update set words = excluded.words, title = excluded.title`.execute(
        db,
      );
    return rows.length < batchSize ? null : (rows.at(-1)?.id ?? null);
  });
}
