import { createApiKey } from '../auth/api-keys.ts';
import { type Command, UsageError } from './command.ts';
import { findUser } from './find-user.ts';
import { needed, readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

/** `key create`: makes an API key for a program. */
export const keyCreate: Command = {
  name: 'key create',
  summary: 'make an API key with which a program acts as a user, and print it once',
  usage: '--user ADDRESS --name NAME [--expires YYYY-MM-DD]',
  details: `  --user ADDRESS        e-mail address of the user whose rights the key has
  --name NAME           what the key is for
  --expires YYYY-MM-DD  the last day it works, in UTC; without it the key works until it is revoked

  The key alone goes to standard output:
  KEY=$(npm run --silent rapport -- key create --user ana@example.com --name "Web shop")`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(args, { user: 'text', name: 'text', expires: 'text' }, 0);
    const email = needed(values.user, 'user');
    const name = needed(values.name, 'name').slice(0, 120);
    const expiresAt = values.expires === undefined ? null : endOf(values.expires);
    return withWorkspace(async (ctx) => {
      const userId = await findUser(ctx, email);
      const { schema, name: workspace } = ctx.workspace;
      const made = await createApiKey(
        { db: ctx.db, schema, workspace, now: ctx.now },
        { userId, name, createdBy: null, expiresAt },
      );
      note(`The key “${name}” of ${email}, shown this once:`);
      out(made.key);
      return 0;
    });
  },
};

function endOf(day: string): Date {
  const end = new Date(`${day}T23:59:59.999Z`);
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(end.getTime()) && end.toISOString().startsWith(day);
  if (!isDay || end.getTime() < Date.now())
    throw new UsageError(`--expires ${day} isn’t a day to come, like 2030-12-31.`);
  return end;
}
