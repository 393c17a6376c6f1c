import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx, Db } from '../ctx.ts';

const lastAdministrator = message(
  'last-administrator',
  'Somebody active must stay administrator: make another user one first.',
  'Il doit rester un administrateur actif : nommez-en d’abord un autre.',
  'Debe quedar un administrador activo: nombre antes a otro usuario.',
);
const beyondRank = message(
  'user-beyond-rank',
  'Only administrators give or take roles with special rights, and change the users who have them.',
  'Seuls les administrateurs donnent ou retirent les rôles à droits particuliers, et modifient les utilisateurs qui les ont.',
  'Solo los administradores dan o quitan roles con derechos especiales y cambian a los usuarios que los tienen.',
);
const ownRoles = message(
  'user-own-roles',
  'You can’t change your own roles: ask an administrator.',
  'Vous ne pouvez pas modifier vos propres rôles : adressez-vous à un administrateur.',
  'No puede cambiar sus propios roles: pregunte a un administrador.',
);

/** A record of a user or role about to be written, or just written. */
export interface AccountWrite {
  readonly id: string;
  readonly verb: string;
  readonly before: Values | null;
  readonly after: Values;
}

/** True of the entities whose records decide who may sign in and do what. */
const holdsAccounts = (entity: Entity): boolean =>
  entity.system && (entity.name === 'user' || entity.name === 'role');

/** Whether what these writes mean for sign-in and rights is looked at once they are written. */
export const concernsAccounts = (entity: Entity, writes: readonly AccountWrite[]): boolean =>
  holdsAccounts(entity) && writes.some(({ verb }) => verb !== 'create');

/** Before users are written: who keeps them without being administrator must not make himself, or others, more than he is. */
export async function refuseBeyondRank(
  ctx: Ctx,
  entity: Entity,
  writes: readonly AccountWrite[],
): Promise<void> {
  if (!holdsAccounts(entity) || entity.name !== 'user' || ctx.who.roles.includes(administrator)) return;
  const strong = await strongRoles(ctx.db, ctx.workspace.schema);
  for (const { id, before, after } of writes) {
    const [had, has] = [rolesOf(before), rolesOf(after)];
    if (id === ctx.who.userId && !sameValue([...had].sort(), [...has].sort())) refuse(ownRoles, after.roles);
    if (id !== ctx.who.userId && [...had, ...has].some((role) => strong.has(role)))
      refuse(beyondRank, after.roles);
  }
}

/** Whether who asks may set passwords of these users: an administrator everybody's, others not those above them. */
export async function refusePasswordsBeyondRank(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || ctx.who.roles.includes(administrator)) return;
  const strong = await strongRoles(ctx.db, ctx.workspace.schema);
  const { rows } = await sql`
    select from ${sql.id(ctx.workspace.schema, 'user')} u
    where u.id = any(${[...ids]}::uuid[]) and u.roles_ids && ${[...strong]}::uuid[] limit 1`.execute(ctx.db);
  if (rows.length > 0) throw new Problem('forbidden', { message: beyondRank });
}

/**
 * After users or roles were written, in the same transaction: an active administrator is left, and whoever isn't active
 * any more has lost all sessions and keys.
 */
export async function settleAccounts(
  ctx: Ctx,
  entity: Entity,
  writes: readonly AccountWrite[],
): Promise<void> {
  if (!concernsAccounts(entity, writes)) return;
  const { schema } = ctx.workspace;
  // Two administrators who demote each other at the same moment would both succeed without this lock.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rapport administrators ${schema}`}, 0))`.execute(
    ctx.db,
  );
  if (await takesAdministrator(ctx, entity, writes)) {
    if (!(await hasAdministrator(ctx.db, schema))) refuse(lastAdministrator, undefined);
  }
  if (entity.name !== 'user') return;
  for (const table of ['session', 'api_key']) {
    await sql`delete from ${sql.id(schema, table)} t using ${sql.id(schema, 'user')} u
      where u.id = t.user_id and u.id = any(${writes.map(({ id }) => id)}::uuid[])
        and (not u.active or u.removed_at is not null)`.execute(ctx.db);
  }
}

/** Whether somebody active is administrator. */
export async function hasAdministrator(db: Db, schema: string): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.id(schema, 'user')} u join ${sql.id(schema, 'role')} r on r.id = any(u.roles_ids)
    where u.active and u.removed_at is null and r.removed_at is null and r.code = ${administrator} limit 1
  `.execute(db);
  return rows.length === 1;
}

/** Whether one of these writes makes somebody administrator less. */
async function takesAdministrator(
  ctx: Ctx,
  entity: Entity,
  writes: readonly AccountWrite[],
): Promise<boolean> {
  if (entity.name === 'role') return writes.some(({ before }) => before?.code === administrator);
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(ctx.workspace.schema, 'role')} where code = ${administrator}`.execute(ctx.db);
  const ids = rows.map(({ id }) => id);
  return writes.some(({ before }) => rolesOf(before).some((role) => ids.includes(role)));
}

/** The ids of the roles that let do more than treat records. */
async function strongRoles(db: Db, schema: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(schema, 'role')}
    where removed_at is null and (code = ${administrator} or cardinality(special) > 0)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

const rolesOf = (values: Values | null): readonly string[] =>
  Array.isArray(values?.roles) ? values.roles.map(String) : [];

function refuse(said: typeof lastAdministrator, value: unknown): never {
  throw new Problem('invalid', {
    mistakes: [{ field: 'roles', message: said, ...(value === undefined ? {} : { value }) }],
  });
}
