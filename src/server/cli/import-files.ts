import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Ctx } from '../../engine/ctx.ts';
import { dropFile, keepFile } from '../../engine/import/files.ts';
import { importedEntity } from '../../engine/import/imported-entity.ts';
import { type KeptFile, openSet } from '../../engine/import/open-set.ts';
import { CommandFailed } from './command.ts';
import type { PerFile } from './import-options.ts';
import { nearPath } from './near-path.ts';

/** Files of one command. */
export const mostFiles = 50;

/** Takes files from the disk, piece by piece, and opens them as one import; answers its id. */
export async function openFiles(
  ctx: Ctx,
  paths: readonly string[],
  o: { readonly entities: PerFile; readonly sheets: PerFile; readonly source: string | undefined },
): Promise<string> {
  for (const entity of o.entities) if (entity !== null) importedEntity(ctx, entity);
  for (const path of paths) await refuseUnreadable(path);
  const kept: KeptFile[] = [];
  try {
    for (const [place, path] of paths.entries()) {
      const fileName = basename(path);
      const id = await keepFile(ctx, { fileName, bytes: createReadStream(nearPath(path)) });
      const [entity, sheet] = [o.entities[place] ?? null, o.sheets[place] ?? null];
      kept.push({
        id,
        fileName,
        ...(entity === null ? {} : { entity }),
        ...(sheet === null ? {} : { sheet }),
      });
    }
  } catch (error) {
    for (const { id } of kept) await dropFile(ctx, id);
    throw error;
  }
  return openSet(ctx, kept, o.source === undefined ? {} : { source: o.source });
}

/** Refuses what isn't a file, named from where the command was typed, before any is read. */
export async function refuseUnreadable(path: string): Promise<void> {
  const full = nearPath(path);
  try {
    if ((await stat(full)).isDirectory()) throw new CommandFailed(`${full} is a folder, not a file.`);
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT') throw new CommandFailed(`There is no file ${full}.`);
    throw new CommandFailed(`${full} can’t be read (${String(code)}).`);
  }
}
