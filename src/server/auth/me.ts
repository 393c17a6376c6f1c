import { sql } from 'kysely';
import { specialRightsOf } from '../../engine/access/special.ts';
import type { Workspace } from '../../engine/ctx.ts';
import type { SpecialRight } from '../../model/access.ts';
import type { Services } from '../http/services.ts';
import type { Identity } from './identity.ts';
import { settingNames } from './settings.ts';

/** The answer of `GET /me`: who is signed in, and where. */
export interface Me {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly locale: string;
    readonly timeZone: string;
    readonly theme: string;
    readonly roles: readonly string[];
    readonly special: readonly SpecialRight[];
    readonly teams: readonly { readonly id: string; readonly label: string }[];
  };
  readonly workspace: { readonly name: string; readonly company: string | null; readonly currency: string };
  readonly version: string;
}

/** Tells somebody signed in who they are and where. */
export async function meOf(services: Services, workspace: Workspace, identity: Identity): Promise<Me> {
  const { rows } = await sql<{ company: unknown; teams: Me['user']['teams'] }>`
    select (select value from ${sql.id(workspace.schema, 'setting')} where name = ${settingNames.company}) as company,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'label', t.name) order by t.name_fold, t.id)
        from ${sql.id(workspace.schema, 'team')} t where t.id = any(${identity.who.teams}::uuid[]) and t.removed_at is null), '[]') as teams
  `.execute(services.db);
  const { company = null, teams = [] } = rows[0] ?? {};
  const { email, locale, timeZone, theme, who } = identity;
  return {
    user: {
      id: who.userId,
      name: who.name,
      email,
      locale,
      timeZone,
      theme,
      roles: who.roles,
      special: specialRightsOf(workspace, who.roles),
      teams,
    },
    workspace: {
      name: workspace.name,
      company: typeof company === 'string' ? company : null,
      currency: workspace.currency,
    },
    version: services.version,
  };
}
