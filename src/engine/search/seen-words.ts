import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { valuesOf } from '../record/codec.ts';
import type { SearchQuery } from './search-query.ts';
import { searchWords } from './words.ts';

/** Whether the index of `entity` holds words of fields that the reader may not see. */
export const hasUnseenWords = (ctx: Ctx, entity: Entity): boolean => {
  const seen = readableFields(ctx, entity);
  return entity.search.some(
    (name) => entity.fields[name]?.options.adminOnly !== true && !Object.hasOwn(seen, name),
  );
};

/**
 * Which of the records found still match by the words that the reader may see: the index is the same for all, so who
 * sees less is asked about again, or a search would tell him what he may not read.
 */
export async function foundBySeenWords(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
  query: SearchQuery,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const seen = readableFields(ctx, entity);
  const { rows } = await sql<Record<string, unknown> & { readonly id: string }>`
    select * from ${sql.id(ctx.workspace.schema, entity.table)} where id = any(${[...ids]}::uuid[])`.execute(
    ctx.db,
  );
  const open = { ...entity, search: entity.search.filter((name) => Object.hasOwn(seen, name)) };
  const entries = rows.map((row) => ({ id: row.id, words: searchWords(open, valuesOf(entity, row)).words }));
  const { rows: found } = await sql<{ id: string }>`
    select id from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(id uuid, words text[])
    where array_to_tsvector(words) @@ ${query.all}::tsquery`.execute(ctx.db);
  return new Set(found.map(({ id }) => id));
}
