import { type RawBuilder, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';

/** Counted no further than this: more is many anyway. */
const most = 10_000;

const valueInUse = message(
  'value-in-use',
  '{count} records hold “{name}”, {label} for example: stop offering it instead, or give them another value first.',
  '{count} fiches contiennent « {name} », par exemple {label} : cessez plutôt de le proposer, ou donnez-leur d’abord une autre valeur.',
  '{count} registros contienen «{name}», por ejemplo {label}: deje de ofrecerlo, o deles antes otro valor.',
);
const roleInUse = message(
  'role-in-use',
  '{count} users have the role “{name}” and would lose its rights: give them another one first.',
  '{count} utilisateurs ont le rôle « {name} » et perdraient ses droits : donnez-leur d’abord un autre rôle.',
  '{count} usuarios tienen el rol «{name}» y perderían sus derechos: deles antes otro.',
);

/** Why a record that others stand on can't be removed: it is a list value or a role that is in use. */
export async function inUseMistakes(
  ctx: Ctx,
  entity: Entity,
  id: string,
  values: Values,
): Promise<readonly Mistake[]> {
  // An undo puts back what it finds in use; see `import/undo-import.ts`.
  if (ctx.door === 'undo') return [];
  if (entity.name === 'base-value') {
    const [list, code] = [String(values.list), String(values.code)];
    const { count, where } = await usesOfValue(ctx, list, code);
    if (!where) return [];
    const params = { count: told(count), name: code, label: where.label.many };
    return [{ field: 'code', message: valueInUse, params, value: code }];
  }
  // That an administrator must be left is told by the doors, in words of its own.
  if (entity.name !== 'role' || values.code === administrator) return [];
  const { count } = await uses(ctx, (of) => ({ holds: of.options.to === 'role', value: id }));
  if (count === 0) return [];
  const params = { count: told(count), name: String(values.name) };
  return [{ field: 'name', message: roleInUse, params, value: String(values.name) }];
}

/** How many live records hold a value of a list, counted up to a bound, and an entity of which they are. */
export const usesOfValue = (ctx: Ctx, list: string, code: string): Promise<Uses> =>
  uses(ctx, (field) => {
    const target = fieldType(field.type).target?.(field);
    return { holds: target?.to === 'list' && target.list === list, value: code };
  });

interface Uses {
  readonly count: number;
  readonly where: Entity | null;
}

async function uses(
  ctx: Ctx,
  asked: (field: Field) => { readonly holds: boolean; readonly value: string },
): Promise<Uses> {
  let count = 0;
  let where: Entity | null = null;
  for (const entity of ctx.workspace.model.entities.values()) {
    const conditions = entity.setup
      ? []
      : Object.values(entity.fields).flatMap((field) => {
          const { holds, value } = asked(field);
          return holds ? holding(field, value) : [];
        });
    if (conditions.length === 0) continue;
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
      select 1 from ${sql.id(ctx.workspace.schema, entity.table)} t
      where t.removed_at is null and (${sql.join(conditions, sql` or `)}) limit ${sql.lit(most + 1)}) found`.execute(
      ctx.db,
    );
    const found = rows[0]?.n ?? 0;
    if (found > 0) where ??= entity;
    count += found;
  }
  return { count, where };
}

/** The condition that a field of `t` holds a code or an id, alone or among others. */
function holding(field: Field, value: string): readonly RawBuilder<unknown>[] {
  const path = fieldType(field.type).paths(field)[''];
  if (!path) return [];
  const column = sql.ref(`t.${path.column}`);
  if (path.kind === 'ids') return [sql`${column} @> array[${value}]::uuid[]`];
  if (path.kind === 'codes') return [sql`${column} @> array[${value}]::text[]`];
  return [path.kind === 'id' ? sql`${column} = ${value}::uuid` : sql`${column} = ${value}`];
}

const told = (count: number): string | number => (count > most ? `> ${most}` : count);
