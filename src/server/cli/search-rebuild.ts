import { setTimeout as pause } from 'node:timers/promises';
import type { Ctx } from '../../engine/ctx.ts';
import { rebuildWaiting } from '../../engine/search/rebuild.ts';
import { askRebuild, searchBuilds } from '../../engine/search/search-builds.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

/** How long between two looks at what another process builds, in milliseconds. */
const betweenLooks = 1_000;

/** `search rebuild`: builds everything that the search looks at anew, while it is used. */
export const searchRebuild: Command = {
  name: 'search rebuild',
  summary: 'build what the search looks at anew, while people go on searching',
  usage: '',
  details: `  Not needed as a rule: every save keeps the search current, and a new version or a changed field has it
  rebuilt by itself. Ended in the middle, it is gone on with by the app or by the next call.`,
  run: async ({ args, note }) => {
    readOptions(args, {}, 0);
    return withWorkspace(async (ctx) => {
      await askRebuild(ctx);
      const isMine = await rebuildWaiting(ctx, (entity, done, total) =>
        note(`${entity.plural}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`),
      );
      if (!isMine) await follow(ctx, note);
      note('The search is rebuilt.');
      return 0;
    });
  },
};

/** The app works on it already: tells how far it has come until it is done. */
async function follow(ctx: Ctx, note: (line: string) => void): Promise<void> {
  note('Rapport is running and works on it.');
  for (let said = ''; ; await pause(betweenLooks)) {
    const open = (await searchBuilds(ctx)).filter(({ state }) => state !== 'done');
    if (open.length === 0) return;
    const line = open.map(({ entity, done, total }) => `${entity} ${done} of ${total ?? '?'}`).join(', ');
    if (line !== said) note(line);
    said = line;
  }
}
