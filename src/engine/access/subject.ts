import { sql } from 'kysely';
import { isLocale } from '../../lib/locale.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import type { Ctx } from '../ctx.ts';
import { rightsSql } from './rights-sql.ts';

/** Somebody whose access is asked about. */
export interface Subject {
  readonly id: string;
  readonly isActive: boolean;
  /** As he would ask himself. */
  readonly ctx: Ctx;
  /** What a role of his is called. */
  roleName(code: string): string;
}

/** Finds a user with the roles and teams he has now; null when there is none of this id. */
export async function findSubject(ctx: Ctx, id: string): Promise<Subject | null> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{
    name: string;
    active: boolean;
    locale: string;
    time_zone: string;
    roles: readonly string[];
    teams: readonly string[];
    names: Readonly<Record<string, string>> | null;
  }>`
    select u.name, u.active and u.removed_at is null as active, u.locale, u.time_zone, ${rightsSql(schema, 'u')},
      (select jsonb_object_agg(r.code, r.name) from ${sql.id(schema, 'role')} r where r.id = any(u.roles_ids)) as names
    from ${sql.id(schema, 'user')} u where u.id = ${id}::uuid`.execute(ctx.db);
  const [user] = rows;
  if (!user) return null;
  return {
    id,
    isActive: user.active,
    ctx: {
      ...ctx,
      who: { userId: id, name: user.name, roles: user.roles, teams: user.teams },
      locale: isLocale(user.locale) ? user.locale : 'en',
      timeZone: isTimeZone(user.time_zone) ? user.time_zone : 'UTC',
    },
    roleName: (code) => user.names?.[code] ?? code,
  };
}
