import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { snakeCase } from '../../lib/names.ts';
import { Problem } from '../../lib/problem.ts';
import type { Action, Reach, Reached } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';

/** What of a stored record access depends on. */
export interface OwnedRow {
  readonly owner_id: string | null;
  readonly teams_ids: readonly string[];
}

/**
 * How far the asker reaches with `action` on records of `entity`, by all his roles together. `filtered` and `{ through }`
 * are for SQL to say: `accessSql`.
 */
export function levelFor(ctx: Ctx, entity: Entity, action: Action): Reach {
  const [first, second] = alternativesOf(ctx, entity, action);
  if (!first) return 'none';
  return second || first.filter ? 'filtered' : first.level;
}

/** True when `action` reaches at least some records of `entity`; which ones, `accessSql` and `may` say. */
export const mayEver = (ctx: Ctx, entity: Entity, action: Action): boolean =>
  alternativesOf(ctx, entity, action).length > 0;

/** Refuses who may read no record of `entity` at all. */
export function refuseReading(ctx: Ctx, entity: Entity): void {
  if (mayEver(ctx, entity, 'read')) return;
  throw new Problem('forbidden', { message: noReading, params: { label: entity.label.many } });
}

const noReading = message(
  'read-forbidden',
  'Your roles don’t let you read: {label}.',
  'Vos rôles ne vous permettent pas de consulter : {label}.',
  'Sus roles no le permiten consultar: {label}.',
);

/**
 * The ONE row filter: which records of `entity`, in a query under `alias`, the reader may treat with `action`.
 * Every statement that reads or changes records has it in its conditions, however far they are reached.
 */
export function accessSql(ctx: Ctx, entity: Entity, action: Action, alias: string): RawBuilder<SqlBool> {
  return waysSql(ctx, entity, action, alias, alternativesOf(ctx, entity, action));
}

/** `accessSql`, or null when it would let every record through. */
export function accessFilter(
  ctx: Ctx,
  entity: Entity,
  action: Action,
  alias: string,
): RawBuilder<SqlBool> | null {
  return levelFor(ctx, entity, action) === 'all' ? null : accessSql(ctx, entity, action, alias);
}

/**
 * The same rule for a record at hand. `{ through }` and `filtered` can't be told from the record alone: ask `accessSql`
 * in the statement that reads it.
 */
export function may(ctx: Ctx, entity: Entity, action: Action, row: OwnedRow): boolean {
  const level = levelFor(ctx, entity, action);
  if (typeof level === 'object' || level === 'filtered')
    throw new Error(`whether ${entity.name} may be treated with ${action} is for SQL to say`);
  if (level === 'all') return true;
  if (level === 'none' || ctx.who.userId === null) return false;
  if (row.owner_id === ctx.who.userId) return true;
  return level === 'team' && row.teams_ids.some((team) => ctx.who.teams.includes(team));
}

/** A link of a link's link … would be a mistake of the declarations; the limit keeps it from looping. */
const deepest = 5;

/** That one of `ways` reaches the record under `alias`. */
export function waysSql(
  ctx: Ctx,
  entity: Entity,
  action: Action,
  alias: string,
  ways: readonly Alternative[],
  depth = 0,
): RawBuilder<SqlBool> {
  const each = ways.map(({ level, filter }) => {
    const reached = levelSql(ctx, entity, level, action, alias, depth);
    if (!filter) return reached;
    const holds = filter.sql?.(ctx, alias) ?? sql<SqlBool>`false`;
    return level === 'all' ? holds : sql<SqlBool>`(${reached} and ${holds})`;
  });
  if (each.length < 2) return each[0] ?? sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`;
}

function levelSql(
  ctx: Ctx,
  entity: Entity,
  level: Reached,
  action: Action,
  alias: string,
  depth: number,
): RawBuilder<SqlBool> {
  if (typeof level === 'object') return throughSql(ctx, entity, level.through, action, alias, depth);
  if (level === 'all') return sql<SqlBool>`true`;
  if (level === 'none' || ctx.who.userId === null) return sql<SqlBool>`false`;
  const own = sql<SqlBool>`${sql.ref(`${alias}.owner_id`)} = ${ctx.who.userId}::uuid`;
  if (level === 'own' || ctx.who.teams.length === 0) return own;
  return sql<SqlBool>`(${own} or ${sql.ref(`${alias}.teams_ids`)} && ${ctx.who.teams}::uuid[])`;
}

/** The records whose parent, named by the reference field `through`, the reader may treat likewise. */
function throughSql(
  ctx: Ctx,
  entity: Entity,
  through: string,
  action: Action,
  alias: string,
  depth: number,
): RawBuilder<SqlBool> {
  const field = entity.fields[through];
  if (!field || depth >= deepest) throw new Error(`the access of ${entity.name} can't go through ${through}`);
  // Who may change the parent may make, change and undo its links.
  const asked: Action = action === 'read' || action === 'export' ? action : 'update';
  const column = snakeCase(through);
  const parents =
    typeof field.options.to === 'string' ? [field.options.to] : (field.options.to as readonly string[]);
  const reached = parents.map((name) => {
    const parent = entityOf(ctx.workspace.model, name);
    const inner = `${alias}_up${depth}`;
    const ways = alternativesOf(ctx, parent, asked);
    const named =
      field.type === 'any-reference' ? sql`${sql.ref(`${alias}.${column}_entity`)} = ${name} and ` : sql``;
    return sql<SqlBool>`${named}exists (select 1 from ${sql.id(ctx.workspace.schema, parent.table)} ${sql.id(inner)}
      where ${sql.ref(`${inner}.id`)} = ${sql.ref(`${alias}.${column}_id`)} and ${waysSql(ctx, parent, asked, inner, ways, depth + 1)})`;
  });
  return sql<SqlBool>`(${sql.join(reached, sql` or `)})`;
}
