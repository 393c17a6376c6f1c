import { sql } from 'kysely';
import { isLocale } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import { rightsSql } from '../access/rights-sql.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { reachSetup, setupVersionSql } from '../workspace/setup-version.ts';

const gone = message(
  'work-asker-gone',
  'Who started this is no longer an active user, so it stopped here. An administrator can undo what was done.',
  'La personne à l’origine de cette opération n’est plus un utilisateur actif : elle s’est arrêtée ici. Un administrateur peut annuler ce qui a été fait.',
  'Quien inició esta operación ya no es un usuario activo, por lo que se detuvo aquí. Un administrador puede deshacer lo hecho.',
);

/**
 * The context in which work goes on for somebody who isn't waiting: with the roles, teams, language and zone he has
 * now. Refused when he isn't active any more. Null stands for the system.
 */
export async function asAsker(ctx: Ctx, userId: string | null): Promise<Ctx> {
  if (userId === null) return { ...ctx, who: systemWho };
  const { schema } = ctx.workspace;
  const { rows } = await sql<{
    name: string;
    locale: string;
    time_zone: string;
    teams: readonly string[];
    roles: readonly string[];
    setup: number;
  }>`
    select u.name, u.locale, u.time_zone, ${rightsSql(schema, 'u')},
      ${setupVersionSql(schema)} as setup
    from ${sql.id(schema, 'user')} u where u.id = ${userId} and u.active and u.removed_at is null`.execute(
    ctx.db,
  );
  const [user] = rows;
  if (!user) throw new Problem('forbidden', { message: gone });
  await reachSetup(ctx.workspace, user.setup);
  return {
    ...ctx,
    who: { userId, name: user.name, roles: user.roles, teams: user.teams },
    locale: isLocale(user.locale) ? user.locale : 'en',
    timeZone: isTimeZone(user.time_zone) ? user.time_zone : 'UTC',
  };
}
