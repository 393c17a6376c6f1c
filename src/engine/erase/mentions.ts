import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Mention } from '../../model/erased.ts';
import type { Field } from '../../model/field.ts';
import { accessSql } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from '../query/bounded-read.ts';
import { titleSql } from '../query/title.ts';
import { containing, type Traces } from './personal.ts';

const mostMentions = 200;
const seconds = 30;

/**
 * Where other records, as far as the asker reads them, name the person in a text, now or in their history; nothing is
 * changed. `complete` is false when there are more than are told or looking took too long.
 */
export async function findMentions(
  ctx: Ctx,
  o: { readonly entity: string; readonly id: string; readonly traces: Traces },
): Promise<{ readonly mentions: readonly Mention[]; readonly complete: boolean }> {
  const patterns = o.traces.texts.map(containing);
  if (patterns.length === 0) return { mentions: [], complete: true };
  const selects = [...ctx.workspace.model.entities.values()].flatMap((entity) => [
    ...textColumns(ctx, entity).map(
      ([field, column]) => sql<Mention>`
        select ${entity.name} as entity, t.id, ${titleSql(ctx, entity, 't')} as label, ${field.name} as field, 'record' as "where"
        from ${sql.id(ctx.workspace.schema, entity.table)} t
        where ${sql.ref(`t.${column}`)} ilike any(${patterns}::text[]) and t.id <> ${o.id}::uuid
          and ${accessSql(ctx, entity, 'read', 't')}`,
    ),
    sql<Mention>`
      select ${entity.name} as entity, t.id, ${titleSql(ctx, entity, 't')} as label, c.key as field, 'history' as "where"
      from ${sql.id(ctx.workspace.schema, 'event')} e
      join ${sql.id(ctx.workspace.schema, entity.table)} t on t.id = e.record
      cross join lateral jsonb_each(e.changes) c
      where e.entity = ${entity.name} and e.record <> ${o.id}::uuid and e.changes::text ilike any(${patterns}::text[])
        and c.value::text ilike any(${patterns}::text[])
        and c.key = any(${Object.keys(readableFields(ctx, entity))}::text[])
        and ${accessSql(ctx, entity, 'read', 't')}`,
  ]);
  try {
    const { sql: text, parameters } =
      sql`select distinct * from (${sql.join(selects, sql` union all `)}) m limit ${mostMentions + 1}`.compile(
        ctx.db,
      );
    const found = await boundedRead<Mention>(ctx, seconds, { text, parameters });
    return { mentions: found.slice(0, mostMentions), complete: found.length <= mostMentions };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { mentions: [], complete: false };
  }
}

/** The columns that hold texts as somebody typed them. */
const textColumns = (ctx: Ctx, entity: Entity): readonly (readonly [Field, string])[] =>
  Object.values(readableFields(ctx, entity)).flatMap((field) =>
    fieldType(field.type)
      .columns(field)
      .filter(({ sql: type }) => type === 'text' || type === 'text collate "C"')
      .map(({ name }) => [field, name] as const),
  );
