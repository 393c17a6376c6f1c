import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { listRecords } from '../../engine/query/list.ts';
import { entityOf } from '../../model/declarations.ts';
import { createUsers } from '../auth/account-writes.ts';
import { type Command, CommandFailed } from './command.ts';
import { needed, readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

/** `user add`: makes somebody a user. */
export const userAdd: Command = {
  name: 'user add',
  summary: 'make somebody a user',
  usage:
    '--email ADDRESS --name NAME [--role CODE]… [--locale en|fr|es] [--time-zone ZONE] [--password-stdin]',
  details: `  --email ADDRESS     what the user signs in with
  --name NAME         as colleagues see it
  --role CODE         administrator or sales (the default); may be given several times
  --locale CODE       en (the default), fr or es
  --time-zone ZONE    UTC by default; for example Europe/Paris
  --password-stdin    take the password from standard input; otherwise one is made up and printed once

  npm run rapport -- user add --email ana@example.com --name "Ana Ruiz" --role sales --locale es`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(
      args,
      {
        email: 'text',
        name: 'text',
        role: 'texts',
        locale: 'text',
        'time-zone': 'text',
        'password-stdin': 'switch',
      },
      0,
    );
    const email = needed(values.email, 'email');
    const name = needed(values.name, 'name');
    const given = values['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : null;
    const password = given ?? madeUp();
    const codes = values.role.length > 0 ? values.role : ['sales'];
    return withWorkspace(async (ctx) => {
      const { items } = await listRecords(ctx, entityOf(ctx.workspace.model, 'role'), {
        limit: 200,
        count: 'none',
      });
      const roles = codes.map((code) => {
        const role = items.find((item) => item.code === code);
        if (role) return role.id;
        throw new CommandFailed(
          `There is no role ${code}. There are ${items.map((item) => String(item.code)).join(', ')}.`,
        );
      });
      const input = {
        email,
        name,
        roles,
        password,
        ...(values.locale === undefined ? {} : { locale: values.locale }),
        ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
      };
      const [created] = await createUsers(ctx, [input], () => '');
      note(`${name} <${email}> is a user now (${codes.join(', ')}), id ${created?.id}.`);
      if (given === null) {
        note('The password, shown this once:');
        out(password);
      }
      return 0;
    });
  },
};

/** Five groups of four letters and digits that can't be mistaken for one another: 99 bits. */
function madeUp(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}
