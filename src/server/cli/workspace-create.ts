import { type Ctx, type Db, systemWho, type Workspace } from '../../engine/ctx.ts';
import { buildWaiting } from '../../engine/declare/build-waiting.ts';
import { copySetup } from '../../engine/workspace/copy-setup.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { dropWorkspace } from '../../engine/workspace/drop.ts';
import { isMigrated } from '../../engine/workspace/migrate.ts';
import { openWorkspace } from '../../engine/workspace/open.ts';
import { prepareWorkspace } from '../../engine/workspace/prepare.ts';
import { tellWorkspace } from '../../engine/workspace/tell-workspace.ts';
import { isWorkspaceName } from '../../engine/workspace/workspace-name.ts';
import { isWorkspaceThere, workspaceNames } from '../../engine/workspace/workspace-names.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Model } from '../../model/declarations.ts';
import { crmModel } from '../app/crm-model.ts';
import { newSetUpToken } from '../auth/set-up.ts';
import { reachedAt } from '../boot/address.ts';
import { type Command, CommandFailed, UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** `workspace create`: makes a further workspace, which a running Rapport serves at once. */
export const workspaceCreate: Command = {
  name: 'workspace create',
  summary: 'make a further workspace, and print the link to set it up',
  usage: 'NAME [--copy-setup-from WORKSPACE [--with-teams]]',
  details: `  NAME                      1 to 41 small letters a–z, digits and hyphens, beginning with a letter: it is part of
                            addresses and keys
  --copy-setup-from OTHER   begin with the set-up of another workspace: declared fields and entities, list values,
                            roles and rights, rules, number series, views shared with everybody
  --with-teams              and with its teams

  Each workspace has users, records and a set-up of its own, in a schema of its own of the database. A running
  Rapport serves it at once, below /w/NAME/.

  Called again before anybody opened the link, it prints a new one.

  npm run rapport -- workspace create pilot --copy-setup-from main`,
  run: async ({ args, out, note }) => {
    const { values, words } = readOptions(args, { 'copy-setup-from': 'text', 'with-teams': 'switch' }, 1);
    const source = values['copy-setup-from'];
    if (source === undefined && values['with-teams'])
      throw new UsageError('--with-teams goes with --copy-setup-from.');
    const name = words[0] ?? '';
    if (!isWorkspaceName(name))
      throw new CommandFailed(
        `“${name}” can’t name a workspace: take 1 to 41 small letters a–z, digits and hyphens, beginning with a letter.`,
      );
    return withDatabase(async ({ url, config }) => {
      const pool = openPool(url, { max: 3, applicationName: 'rapport command' });
      try {
        const place = { db: pool.db, model: crmModel(), name };
        if (source !== undefined) await refuseCopying(place, source);
        const isThere = await isWorkspaceThere(pool.db, name);
        await prepareWorkspace(place);
        if (source !== undefined) await copyOrDrop(place, source, { teams: values['with-teams'], note });
        const workspace = await openWorkspace(place);
        try {
          const token = await newSetUpToken({ db: pool.db, workspace });
          if (token === null)
            throw new CommandFailed(
              `There is a workspace “${name}” already. “workspace list” shows them all.`,
            );
          await tellWorkspace(pool.db, name);
          const said = isThere ? 'is there, and nobody has set it up' : 'is made';
          note(`The workspace “${name}” ${said}. Open this link once to set it up:`);
          out(new URL(`/w/${name}/setup#token=${token}`, reachedAt(config)).href);
        } finally {
          await workspace.close();
        }
        return 0;
      } finally {
        await pool.close();
      }
    });
  },
};

interface Place {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
}

/** A set-up is copied from a workspace of this version into one that isn’t there yet. */
async function refuseCopying({ db, model, name }: Place, source: string): Promise<void> {
  if (await isWorkspaceThere(db, name))
    throw new CommandFailed(
      `There is a workspace “${name}” already: a set-up is copied into a new one only.`,
    );
  if (!(await isWorkspaceThere(db, source))) {
    const near = nearest(source, await workspaceNames(db));
    throw new CommandFailed(`There is no workspace “${source}”.${near ? ` “${near}” may be meant.` : ''}`);
  }
  if (!(await isMigrated({ db, model, name: source })))
    throw new CommandFailed(
      `The workspace “${source}” isn’t migrated to this version. Run “npm run rapport -- migrate --all” first.`,
    );
}

/** Copies the set-up; a workspace that got half of it goes again. */
async function copyOrDrop(
  place: Place,
  source: string,
  o: { readonly teams: boolean; readonly note: (line: string) => void },
): Promise<void> {
  const from = await openWorkspace({ ...place, name: source });
  const to = await openWorkspace(place);
  try {
    const copied = await copySetup(systemIn(place.db, from), systemIn(place.db, to), o);
    await buildWaiting(systemIn(place.db, to));
    for (const { entity, count } of copied)
      if (count > 0) o.note(`${count.toLocaleString('en')} ${entity.label.many.en.toLowerCase()}`);
  } catch (error) {
    await dropWorkspace(place);
    throw error;
  } finally {
    await from.close();
    await to.close();
  }
}

const systemIn = (db: Db, workspace: Workspace): Ctx => ({
  who: systemWho,
  workspace,
  locale: 'en',
  timeZone: 'UTC',
  now: new Date(),
  db,
  door: 'cli',
  batch: null,
});
