import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sql } from 'kysely';
import type { Ctx } from '../../engine/ctx.ts';
import { readBatch, saveMapping } from '../../engine/import/batch.ts';
import { importedEntity } from '../../engine/import/imported-entity.ts';
import { openImport } from '../../engine/import/open.ts';
import { removeImport, startSet } from '../../engine/import/sets.ts';
import { draftOut, rowsOut } from '../../engine/import/view.ts';
import { workOnSet } from '../../engine/import/work.ts';
import { asAsker } from '../../engine/long-work/asker.ts';
import { administrator } from '../../model/access.ts';
import type { ImportDraft, ImportRowOutcome } from '../../model/import.ts';
import { type Command, CommandFailed, type CommandRun, UsageError } from './command.ts';
import { findUser } from './find-user.ts';
import { withMapFile } from './map-file.ts';
import { nearPath } from './near-path.ts';
import { needed, readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

/** Refused rows told on the screen; `--json` and the browser tell more. */
const shownRefusals = 20;
const exitCodes = { done: 0, stopped: 1, refused: 3 } as const;

/** `import`: brings a CSV file into an entity. */
export const importFile: Command = {
  name: 'import',
  summary: 'bring a CSV file into accounts, contacts, opportunities …',
  usage: 'FILE --entity NAME [--map FILE] [--source NAME] [--as ADDRESS] [--dry-run] [--json]',
  details: `  --entity NAME   what the rows are: account, contact, opportunity, opportunity-contact …
  --map FILE      JSON that says where columns go; what it leaves out is guessed from the headers:
                  { "columns": [{ "column": "Firma", "to": "name" }], "currency": "USD" }
                  “--dry-run --json” prints the whole mapping, to start from
  --source NAME   the system the file comes from, under which its keys are known; by default the first
                  word of the file's name (npsp-accounts.csv: npsp)
  --as ADDRESS    e-mail address of the user who imports and owns what is created; by default the first
                  administrator
  --dry-run       tell what would happen and write nothing
  --json          print the result as JSON

  Exit code 0: every row imported or unchanged; 3: some rows were refused; 1: the file was refused.
  The import can be undone as a whole in the browser, under Imports.

  npm run rapport -- import accounts.csv --entity account --dry-run`,
  run: async ({ args, out, note }) => {
    const { values, words } = readOptions(
      args,
      { entity: 'text', map: 'text', source: 'text', as: 'text', 'dry-run': 'switch', json: 'switch' },
      1,
    );
    const entity = needed(values.entity, 'entity');
    const path = words[0] ?? '';
    const bytes = await readNear(path);
    const map = values.map === undefined ? null : parseMap(values.map, await readNear(values.map));
    return withWorkspace(async (system) => {
      const ctx = await asAsker(
        system,
        values.as === undefined ? await firstAdministrator(system) : await findUser(system, values.as),
      );
      importedEntity(ctx, entity);
      const id = await openImport(ctx, {
        entity,
        fileName: basename(path),
        bytes,
        ...(values.source === undefined ? {} : { source: needed(values.source, 'source') }),
      });
      let draft = await draftOut(ctx, await readBatch(ctx, id));
      try {
        if (map) {
          await saveMapping(ctx, id, withMapFile(draft.mapping, map));
          draft = await draftOut(ctx, await readBatch(ctx, id));
        }
        if (!values.json) tellMapping(draft, note);
        await startSet(ctx, id, values['dry-run'] ? 'check' : 'run');
      } catch (error) {
        await removeImport(ctx, id);
        throw error;
      }
      await whileTelling(ctx, id, note, () => workOnSet(system, id, (error) => note(String(error))));
      const result = await draftOut(ctx, await readBatch(ctx, id));
      const refused = await rowsOut(ctx, id, { outcome: 'failed', limit: values.json ? 200 : shownRefusals });
      if (values.json) out(JSON.stringify({ ...result, refused: refused.items }, null, 2));
      else tellResult(result, refused.items, values['dry-run'], out);
      if (values['dry-run']) await removeImport(ctx, id);
      if (result.stopped !== null) return exitCodes.stopped;
      return result.failed > 0 ? exitCodes.refused : exitCodes.done;
    });
  },
};

/** Reads a file named from where the command was typed. */
async function readNear(path: string): Promise<Buffer> {
  const full = nearPath(path);
  try {
    return await readFile(full);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT') throw new CommandFailed(`There is no file ${full}.`);
    if (code === 'EISDIR') throw new CommandFailed(`${full} is a folder, not a file.`);
    throw new CommandFailed(`${full} can’t be read (${String(code)}).`);
  }
}

function parseMap(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw new UsageError(`${path} isn’t JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
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
  id: string,
  note: CommandRun['note'],
  work: () => Promise<void>,
): Promise<void> {
  let told = -1;
  const timer = setInterval(() => {
    readBatch(ctx, id).then(
      ({ position, rows }) => {
        if (position !== told) note(`${position} of ${rows} rows`);
        told = position;
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

function tellMapping({ mapping, rows, fileName, entity }: ImportDraft, note: CommandRun['note']): void {
  note(
    `${fileName}: ${rows} rows into ${entity}, recognised by ${mapping.match}, keys of “${mapping.source}”`,
  );
  const width = Math.max(...mapping.columns.map(({ column }) => column.length));
  for (const { column, to } of mapping.columns) note(`  ${column.padEnd(width)}  ${to ?? '—'}`);
}

function tellResult(
  { rows, created, updated, merged, skipped, failed, notes, stopped, state }: ImportDraft,
  refused: readonly ImportRowOutcome[],
  isDry: boolean,
  out: CommandRun['out'],
): void {
  out(
    `${isDry ? 'Would be' : 'Are'}: ${rows} rows = ${created} created + ${updated} updated + ${merged} merged + ${skipped} unchanged + ${failed} refused`,
  );
  for (const { message } of notes) out(`  ${message}`);
  for (const { line, mistakes } of refused) {
    for (const { column, message } of mistakes)
      out(`line ${line}${column === null ? '' : `, ${column}`}: ${message}`);
  }
  if (failed > refused.length) out(`… and ${failed - refused.length} more refused rows`);
  if (stopped !== null) out(`Stopped (${state}): ${stopped}`);
}
