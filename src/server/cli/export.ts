import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mayEver } from '../../engine/access/access.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { noteExport, settleExport } from '../../engine/export/note-export.ts';
import {
  type ExportFile,
  type ExportOptions,
  exportFormats,
  exportInto,
  type FormatName,
} from '../../engine/export/open-export.ts';
import { openSnapshot, type Snapshot } from '../../engine/export/snapshot.ts';
import { asAsker } from '../../engine/long-work/asker.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Entity } from '../../model/entity.ts';
import { type Command, CommandFailed, type CommandRun, UsageError } from './command.ts';
import { findUser } from './find-user.ts';
import { nearPath } from './near-path.ts';
import { readOptions } from './options.ts';
import { withWorkspace } from './with-workspace.ts';

const kinds = {
  all: 'switch',
  format: 'text',
  where: 'text',
  sort: 'text',
  fields: 'text',
  labels: 'switch',
  removed: 'switch',
  out: 'text',
  as: 'text',
  force: 'switch',
} as const;

/** `export`: writes the records of an entity, or of every entity, into files that imports and spreadsheets read. */
export const exportFiles: Command = {
  name: 'export',
  summary: 'write accounts, contacts … or everything into CSV, Excel or JSON files',
  usage: 'ENTITY [--where FILTER] [--format csv|jsonl|xlsx] [--out FILE] | --all --out FOLDER [--format …]',
  details: `  --format NAME    csv (the default), jsonl (a record a line, as the API answers it) or xlsx
  --where FILTER   only what matches, as in a list: 'stage.class = "open" and amount > 10000'
  --sort FIELDS    -amount,name
  --fields FIELDS  name,amount,account.name; all fields by default
  --labels         labels instead of the names and codes that programs use
  --removed        the bin instead of the live records
  --out FILE       by default rapport-ENTITIES-DATE.csv here
  --all            a file for each entity, all of one moment, into the folder --out
  --as ADDRESS     with the rights of this user; by default with every right
  --force          put files in the place of those that are there

  What was exported without --labels is imported with equal values, in the order accounts, contacts,
  opportunities, then their links. Every export is noted in the security log.

  npm run rapport -- export accounts --where 'kind = customer' --out customers.csv
  npm run rapport -- export --all --out everything`,
  run: async ({ args, note }) => {
    const isAll = args.includes('--all');
    const { values, words } = readOptions(args, kinds, isAll ? 0 : 1);
    const format = formatOf(values.format);
    if (isAll && values.out === undefined) throw new UsageError('--out is missing: name a folder.');
    for (const name of ['where', 'sort', 'fields'] as const)
      if (isAll && values[name] !== undefined)
        throw new UsageError(`--${name} is for one entity: leave out --all or --${name}.`);
    const o: ExportOptions = {
      format,
      removed: values.removed,
      header: values.labels ? 'labels' : 'names',
      ...(values.where === undefined ? {} : { where: values.where }),
      ...(values.sort === undefined ? {} : { sort: values.sort }),
      ...(values.fields === undefined ? {} : { fields: values.fields.split(',').map((name) => name.trim()) }),
    };
    return withWorkspace(async (system) => {
      const ctx = values.as === undefined ? system : await asAsker(system, await findUser(system, values.as));
      const entities = isAll ? exportable(ctx) : [named(ctx, words[0] ?? '')];
      const folder = isAll ? nearPath(values.out ?? '') : nearPath('.');
      if (isAll) await mkdir(folder, { recursive: true, mode: 0o700 });
      const snapshot = await openSnapshot(ctx);
      try {
        for (const entity of entities) {
          const file = await exportInto(snapshot, entity, o);
          const path = isAll || values.out === undefined ? join(folder, file.name) : nearPath(values.out);
          await writeNoted(ctx, snapshot, { entity, file, path, o, isForced: values.force }, note);
        }
      } finally {
        await snapshot.close();
      }
      return 0;
    });
  },
};

function formatOf(text: string | undefined): FormatName {
  const names = Object.keys(exportFormats) as FormatName[];
  const found = names.find((name) => name === (text ?? 'csv'));
  if (!found) throw new UsageError(`There is no format “${text}”; there are ${names.join(', ')}.`);
  return found;
}

/** Every entity of which the asker may export records. */
const exportable = (ctx: Ctx): readonly Entity[] =>
  [...ctx.workspace.model.entities.values()].filter(
    (entity) => mayEver(ctx, entity, 'read') && mayEver(ctx, entity, 'export'),
  );

function named(ctx: Ctx, name: string): Entity {
  const { entities, byPlural } = ctx.workspace.model;
  const found = entities.get(name) ?? byPlural.get(name);
  if (found) return found;
  const near = nearest(name, [...entities.keys(), ...byPlural.keys()]);
  throw new CommandFailed(`There are no “${name}”.${near === null ? '' : ` “${near}” may be meant.`}`);
}

/** Writes a file beside its place and puts it there once it is whole, noted in the security log. */
async function writeNoted(
  ctx: Ctx,
  snapshot: Snapshot,
  {
    entity,
    file,
    path,
    o,
    isForced,
  }: {
    readonly entity: Entity;
    readonly file: ExportFile;
    readonly path: string;
    readonly o: ExportOptions;
    readonly isForced: boolean;
  },
  note: CommandRun['note'],
): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere && !isForced)
    throw new CommandFailed(`${path} is there already: name another one, or add --force.`);
  const part = `${path}.part`;
  const noted = await noteExport(ctx, entity, o);
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      for await (const chunk of file.chunks) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await snapshot.close();
    await rm(part, { force: true });
    const { code } = error as { readonly code?: unknown };
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
      throw new CommandFailed(`${path} can’t be written (${code}).`);
    throw error;
  } finally {
    await settleExport(ctx, noted, file.progress());
  }
  note(`${path}: ${file.progress().rows.toLocaleString('en')} records`);
}
