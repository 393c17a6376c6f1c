import { sql } from 'kysely';
import type { Ctx } from '../../engine/ctx.ts';
import { fold } from '../../lib/fold.ts';
import { emailColumn } from '../auth/sign-in.ts';
import { CommandFailed } from './command.ts';

/** The id of the active user with this e-mail address. */
export async function findUser(ctx: Ctx, email: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(ctx.workspace.schema, 'user')} u
    where ${sql.ref(`u.${emailColumn(ctx.workspace)}`)} = ${fold(email)} and active and removed_at is null
  `.execute(ctx.db);
  const id = rows[0]?.id;
  if (id === undefined) throw new CommandFailed(`No active user has the e-mail address ${email}.`);
  return id;
}
