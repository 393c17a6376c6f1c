import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { snakeCase } from '../../lib/names.ts';
import { Problem } from '../../lib/problem.ts';
import { type Action, administrator, type Level, strongest } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx, Who } from '../ctx.ts';

/** What of a stored record access depends on. */
export interface OwnedRow {
  readonly owner_id: string | null;
  readonly teams_ids: readonly string[];
}

/** How far `who` reaches with `action` on records of `entity`: the strongest level of all his roles. */
export function levelFor(who: Who, entity: Entity, action: Action): Level {
  if (who.roles.includes(administrator)) return 'all';
  let level: Level = 'none';
  for (const role of who.roles) {
    const granted = entity.access[role]?.[action];
    if (granted !== undefined) level = strongest(level, granted);
  }
  return level;
}

/** True when `action` reaches at least some records of `entity`; which ones, `accessSql` and `may` say. */
export const mayEver = (who: Who, entity: Entity, action: Action): boolean =>
  levelFor(who, entity, action) !== 'none';

/** Refuses who may read no record of `entity` at all. */
export function refuseReading(ctx: Ctx, entity: Entity): void {
  if (mayEver(ctx.who, entity, 'read')) return;
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
  return levelSql(ctx, entity, levelFor(ctx.who, entity, action), action, alias, 0);
}

/** `accessSql`, or null when it would let every record through. */
export function accessFilter(
  ctx: Ctx,
  entity: Entity,
  action: Action,
  alias: string,
): RawBuilder<SqlBool> | null {
  return levelFor(ctx.who, entity, action) === 'all' ? null : accessSql(ctx, entity, action, alias);
}

/**
 * The same rule for a record at hand. `{ through }` can't be told from the record alone: ask `accessSql` in the
 * statement that reads it.
 */
export function may(ctx: Ctx, entity: Entity, action: Action, row: OwnedRow): boolean {
  const level = levelFor(ctx.who, entity, action);
  if (typeof level === 'object')
    throw new Error(`whether ${entity.name} may be treated with ${action} is for SQL to say`);
  if (level === 'all') return true;
  if (level === 'none' || ctx.who.userId === null) return false;
  if (row.owner_id === ctx.who.userId) return true;
  return level === 'team' && row.teams_ids.some((team) => ctx.who.teams.includes(team));
}

/** The fields of `entity` that the reader may see, by name; a hidden one is to him as if it weren't declared. */
export function readableFields(ctx: Ctx, entity: Entity): Readonly<Record<string, Field>> {
  if (ctx.who.roles.includes(administrator)) return entity.fields;
  const known = openFields.get(entity);
  if (known) return known;
  const open = Object.fromEntries(
    Object.entries(entity.fields).filter(([, field]) => field.options.adminOnly !== true),
  );
  openFields.set(entity, open);
  return open;
}

const openFields = new WeakMap<Entity, Readonly<Record<string, Field>>>();

/** A link of a link's link … would be a mistake of the declarations; the limit keeps it from looping. */
const deepest = 5;

function levelSql(
  ctx: Ctx,
  entity: Entity,
  level: Level,
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
  const asked: Action = action === 'read' ? 'read' : 'update';
  const column = snakeCase(through);
  const parents =
    typeof field.options.to === 'string' ? [field.options.to] : (field.options.to as readonly string[]);
  const reached = parents.map((name) => {
    const parent = entityOf(ctx.workspace.model, name);
    const inner = `${alias}_up${depth}`;
    const level = levelFor(ctx.who, parent, asked);
    const named =
      field.type === 'any-reference' ? sql`${sql.ref(`${alias}.${column}_entity`)} = ${name} and ` : sql``;
    return sql<SqlBool>`${named}exists (select 1 from ${sql.id(ctx.workspace.schema, parent.table)} ${sql.id(inner)}
      where ${sql.ref(`${inner}.id`)} = ${sql.ref(`${alias}.${column}_id`)} and ${levelSql(ctx, parent, level, asked, inner, depth + 1)})`;
  });
  return sql<SqlBool>`(${sql.join(reached, sql` or `)})`;
}
