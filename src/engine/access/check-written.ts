import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { accessSql, levelFor, waysSql } from './access.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';
import { readableFields } from './field-rights.ts';

const beyondNew = message(
  'beyond-row-filter',
  'Your roles let you create only some {label}, and with these values this isn’t one of them. Change them, or ask an administrator.',
  'Vos rôles ne permettent de créer que certaines fiches « {label} », et avec ces valeurs celle-ci n’en est pas. Modifiez-les, ou adressez-vous à un administrateur.',
  'Sus roles solo le permiten crear algunos {label}, y con estos valores este no es uno de ellos. Cámbielos o pregunte a un administrador.',
);
const beyondChanged = message(
  'moved-beyond-row-filter',
  'Your roles let you change only some {label}, and with these values this wouldn’t be one of them any more. Change them, or ask an administrator.',
  'Vos rôles ne permettent de modifier que certaines fiches « {label} », et avec ces valeurs celle-ci n’en serait plus. Modifiez-les, ou adressez-vous à un administrateur.',
  'Sus roles solo le permiten cambiar algunos {label}, y con estos valores este dejaría de ser uno de ellos. Cámbielos o pregunte a un administrador.',
);

/** A record as it is written. */
export interface Written {
  readonly id: string;
  readonly verb: string;
  /** The names of the fields that get another value. */
  readonly changed: readonly string[];
}

/**
 * Whether which records the asker may make or change here only the database can tell, of what is in it. What an undo
 * puts back lay there before.
 */
export const isHeldToFilter = (ctx: Ctx, entity: Entity): boolean =>
  ctx.door !== 'undo' &&
  (levelFor(ctx, entity, 'create') === 'filtered' || levelFor(ctx, entity, 'update') === 'filtered');

/**
 * Before the write, in its transaction: which of these have to be looked at once they are written. A change of a record
 * that a right without a condition reaches is free, as giving away one's own is.
 */
export async function heldToFilter(
  ctx: Ctx,
  entity: Entity,
  writes: readonly Written[],
): Promise<ReadonlySet<string>> {
  if (!isHeldToFilter(ctx, entity)) return new Set();
  const made = levelFor(ctx, entity, 'create') === 'filtered' ? idsOf(writes, 'create') : [];
  const changed = levelFor(ctx, entity, 'update') === 'filtered' ? idsOf(writes, 'update') : [];
  const free = alternativesOf(ctx, entity, 'update').filter((way) => !isConditional(way));
  if (changed.length === 0 || free.length === 0) return new Set([...made, ...changed]);
  const freed = await idsWithin(ctx, entity, changed, waysSql(ctx, entity, 'update', 't', free));
  return new Set([...made, ...changed.filter((id) => !freed.has(id))]);
}

/** After the write, in its transaction: refuses those of `held` that their writer may not have made so. */
export async function checkWritten(
  ctx: Ctx,
  entity: Entity,
  writes: readonly Written[],
  held: ReadonlySet<string>,
): Promise<void> {
  if (held.size === 0) return;
  const looked = writes.filter(({ id }) => held.has(id));
  // Whose a record is may change, as it may without a condition; that the condition holds may not.
  const kept = alternativesOf(ctx, entity, 'update').map(
    (way): Alternative => (way.filter && typeof way.level === 'string' ? { ...way, level: 'all' } : way),
  );
  const within = new Set([
    ...(await idsWithin(ctx, entity, idsOf(looked, 'create'), accessSql(ctx, entity, 'create', 't'))),
    ...(await idsWithin(ctx, entity, idsOf(looked, 'update'), waysSql(ctx, entity, 'update', 't', kept))),
  ]);
  const mistakes = writes.flatMap(({ id, verb, changed }, index): readonly Mistake[] => {
    if (!held.has(id) || within.has(id)) return [];
    const place = writes.length === 1 ? '' : `[${index}].`;
    const said = verb === 'create' ? beyondNew : beyondChanged;
    const params = { label: entity.label.many };
    return [{ field: place + fieldOf(ctx, entity, changed), message: said, params }];
  });
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
}

const isConditional = ({ level, filter }: Alternative): boolean =>
  filter !== null || typeof level === 'object';

const idsOf = (writes: readonly Written[], verb: string): readonly string[] =>
  writes.filter((write) => write.verb === verb).map(({ id }) => id);

async function idsWithin(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
  condition: RawBuilder<SqlBool>,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) and ${condition}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

/** The field to name: one that was given and that a condition asks about, where the writer sees it. */
function fieldOf(ctx: Ctx, entity: Entity, changed: readonly string[]): string {
  const seen = readableFields(ctx, entity);
  const asked = (['create', 'update'] as const).flatMap((action) =>
    alternativesOf(ctx, entity, action).flatMap(({ filter }) => filter?.fields ?? []),
  );
  return (
    changed.find((name) => asked.includes(name) && Object.hasOwn(seen, name)) ??
    asked.find((name) => Object.hasOwn(seen, name)) ??
    entity.title
  );
}
