import { sql } from 'kysely';
import type { Ctx } from '../../engine/ctx.ts';
import { readBatch, readSet, saveMapping } from '../../engine/import/batch.ts';
import { removeSet, startSet } from '../../engine/import/sets.ts';
import { draftOut, rowsOut, setOut } from '../../engine/import/view.ts';
import { workOnSet } from '../../engine/import/work.ts';
import { asAsker } from '../../engine/long-work/asker.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import type { ImportSet } from '../../model/import.ts';
import { type Command, CommandFailed, type CommandRun } from './command.ts';
import { findUser } from './find-user.ts';
import { mostFiles, openFiles } from './import-files.ts';
import { perFile } from './import-options.ts';
import { shownRefusals, tellMapping, tellResult } from './import-told.ts';
import { readMaps, withMapFile } from './map-file.ts';
import { needed, readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

const exitCodes = { done: 0, stopped: 1, refused: 3 } as const;

/** `import`: brings files into accounts, contacts and the rest, all of them in one go. */
export const importFile: Command = {
  name: 'import',
  summary: 'bring files into accounts, contacts, opportunities …, all in one go',
  usage:
    'FILE… [--entity [FILE=]NAME] [--map [FILE=]FILE] [--sheet [FILE=]NAME] [--source NAME] [--as ADDRESS] [--dry-run] [--json]',
  details: `  Several files may name each other's records by their ids, and may be given in any order: what others
  name is imported first. CSV, Excel (.xlsx), JSON lines and vCard are told apart by themselves.

  --entity NAME   what the rows are: account, contact, opportunity, opportunity-contact …; left out, it is
                  told from the headers and the name of each file. Of one among several: FILE=NAME
  --map FILE      JSON that says where columns go; what it leaves out is guessed from the headers:
                  { "columns": [{ "column": "Firma", "to": "name" }], "currency": "USD" }
                  “--dry-run --json” prints whole mappings, to start from. Of one among several: FILE=FILE
  --sheet NAME    the sheet of a workbook that is read, by default the first with something in it. Of one
                  file among several: FILE=NAME. A workbook may be named twice, once for each sheet
  --source NAME   the system the files come from, under which their keys are known; by default the first
                  word of their names (npsp-accounts.csv: npsp)
  --as ADDRESS    e-mail address of the user who imports and owns what is created; by default the first
                  administrator
  --dry-run       tell what would happen and write nothing
  --json          print the result as JSON

  Exit code 0: every row imported or unchanged; 3: some rows were refused; 1: a file was refused.
  The import can be undone as a whole in the browser, under Imports.

  npm run rapport -- import accounts.csv contacts.csv deals.csv --dry-run`,
  run: async ({ args, out, note }) => {
    const { values, words } = readOptions(
      args,
      {
        entity: 'texts',
        map: 'texts',
        sheet: 'texts',
        source: 'text',
        as: 'text',
        'dry-run': 'switch',
        json: 'switch',
      },
      [1, mostFiles],
    );
    const entities = perFile('entity', values.entity, words);
    const maps = await readMaps(perFile('map', values.map, words));
    const sheets = perFile('sheet', values.sheet, words);
    const source = values.source === undefined ? undefined : needed(values.source, 'source');
    return withWorkspace(async (system) => {
      const ctx = await asAsker(
        system,
        values.as === undefined ? await firstAdministrator(system) : await findUser(system, values.as),
      );
      const set = await openFiles(ctx, words, { entities, sheets, source });
      try {
        const opened = await readSet(ctx, set);
        for (const [place, { id, mapping }] of opened.entries()) {
          const map = maps[place];
          if (map !== null && map !== undefined)
            await saveMapping(ctx, id, withMapFile(mapping, map.written));
        }
        const now = await setOut(ctx, await readSet(ctx, set));
        refuseGuesses(now);
        if (!values.json) for (const { id } of now.files) tellMapping(await draftOf(ctx, id), note);
        await startSet(ctx, set, values['dry-run'] ? 'check' : 'run');
      } catch (error) {
        const opened = await readSet(ctx, set);
        await removeSet(ctx, set);
        throw withNames(error, opened);
      }
      await whileTelling(ctx, set, note, () => workOnSet(system, set, (error) => note(String(error))));
      const result = await setOut(ctx, await readSet(ctx, set));
      const limit = values.json ? 200 : shownRefusals;
      const files = await Promise.all(
        result.files.map(async (file) => ({
          ...(await draftOf(ctx, file.id)),
          refused: (await rowsOut(ctx, file.id, { outcome: 'failed', limit })).items,
        })),
      );
      if (values.json) out(JSON.stringify({ ...result, files }, null, 2));
      else tellResult(result, files, values['dry-run'], out);
      if (values['dry-run']) await removeSet(ctx, set);
      if (result.stopped !== null) return exitCodes.stopped;
      return result.failed > 0 ? exitCodes.refused : exitCodes.done;
    });
  },
};

const draftOf = async (ctx: Ctx, id: string) => draftOut(ctx, await readBatch(ctx, id));

/** What is only guessed isn't run: nobody looks at it in between. */
function refuseGuesses({ files }: ImportSet): void {
  const unsure = files.filter(({ isEntitySure }) => !isEntitySure);
  if (unsure.length === 0) return;
  const lines = unsure.map(({ fileName, entity }) =>
    files.length === 1 ? `  --entity ${entity}` : `  --entity ${fileName}=${entity}`,
  );
  throw new CommandFailed(
    `It isn’t sure what these files hold: ${unsure.map(({ fileName }) => fileName).join(', ')}. Say it, for example:\n${lines.join('\n')}`,
  );
}

/** Mistakes in one of several files name it by its id: whoever typed its name is told that. */
function withNames(error: unknown, files: readonly { readonly id: string; readonly fileName: string }[]) {
  if (!(error instanceof Problem) || !error.detail.mistakes) return error;
  const named = (field: string): string =>
    files.reduce((text, { id, fileName }) => text.replace(`files[${id}]`, fileName), field);
  const mistakes = error.detail.mistakes.map((each) => ({ ...each, field: named(each.field) }));
  return new Problem(error.code, { ...error.detail, mistakes });
}

/** The administrator made first, else the system itself. */
async function firstAdministrator(ctx: Ctx): Promise<string | null> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{ id: string }>`
    select u.id from ${sql.id(schema, 'user')} u
    join ${sql.id(schema, 'role')} r on r.id = any(u.roles_ids) and r.code = ${administrator} and r.removed_at is null
    where u.active and u.removed_at is null order by u.id limit 1`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** Tells how far the work is while it lasts longer than a second. */
async function whileTelling(
  ctx: Ctx,
  set: string,
  note: CommandRun['note'],
  work: () => Promise<void>,
): Promise<void> {
  let told = -1;
  const timer = setInterval(() => {
    readSet(ctx, set).then(
      (files) => {
        const sum = (name: 'position' | 'rows'): number => files.reduce((all, file) => all + file[name], 0);
        if (sum('position') !== told) note(`${sum('position')} of ${sum('rows')} rows`);
        told = sum('position');
      },
      () => {},
    );
  }, 1000);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}
