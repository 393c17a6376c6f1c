import { type SqlBool, sql } from 'kysely';
import { compileExpression } from '../../expression/compile.ts';
import type { Compiled } from '../../expression/tree.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { BaseValues, Ctx, RowFilter } from '../ctx.ts';
import { openSource } from '../query/source.ts';
import { whereSql } from '../query/where.ts';

/** What the names of a row filter mean: everything declared, whoever will be held to it. */
export interface FilterScope {
  readonly model: Model;
  readonly baseValues: BaseValues;
}

/** Reads a row filter; throws `bad-expression` with its mistakes, under the name `where`. */
export const compileRowFilter = (
  text: string,
  entity: Entity,
  { model, baseValues }: FilterScope,
): Compiled => compileExpression(text, { entity, model, codes: (list) => baseValues.all(list) });

/** A stored row filter; one that isn't understood any more lets nothing through. */
export function rowFilter(text: string, entity: Entity, scope: FilterScope): RowFilter {
  try {
    const compiled = compileRowFilter(text, entity, scope);
    return {
      text,
      fields: [...new Set(compiled.paths.map((path) => (path.steps[0]?.field ?? path.field).name))],
      sql: (ctx, alias) => filterSql(ctx, compiled, alias),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { text, fields: [], sql: null };
  }
}

/**
 * Seen by the system, asked by the asker: what he may not see counts, and `me` is he. Over records at hand where that
 * will do, over the same record joined with what it refers to where it won't.
 */
function filterSql(ctx: Ctx, compiled: Compiled, alias: string) {
  const sighted: Ctx = { ...ctx, who: { ...ctx.who, roles: [administrator] } };
  const isPlain = compiled.relations.length === 0 && compiled.paths.every(({ steps }) => steps.length === 0);
  if (isPlain) {
    return whereSql(compiled, {
      ctx: sighted,
      column: ({ comparable }) => sql.ref(`${alias}.${comparable.column}`),
    });
  }
  const source = openSource(sighted, compiled.entity, `${alias}_f`);
  const holds = whereSql(compiled, {
    ctx: sighted,
    column: ({ steps, comparable }) =>
      sql.ref(`${source.join(steps.map(({ field }) => field))}.${comparable.column}`),
  });
  return sql<SqlBool>`exists (select 1 from ${source.from()}
    where ${sql.ref(`${source.alias}.id`)} = ${sql.ref(`${alias}.id`)} and ${holds})`;
}
