import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { administrator } from '../../model/access.ts';
import { entityOf } from '../../model/declarations.ts';
import type { ImportMapping, ImportStateName } from '../../model/import.ts';
import { accessSql, levelFor } from '../access/access.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { type Analysis, analyse, type FileValues } from './analyse.ts';
import { readTable } from './files.ts';
import { importedEntity } from './imported-entity.ts';
import { readMapping } from './mapping.ts';
import { emptyReport } from './report.ts';
import { ofSet, type StoredBatch, selectBatches, writeBatch, writeBatches } from './stored-batch.ts';

const noBatch = message(
  'import-not-found',
  'There is no such import, or it isn’t yours.',
  'Cette importation n’existe pas, ou elle ne vous appartient pas.',
  'Esa importación no existe, o no es suya.',
);
const wrongState = message(
  'import-wrong-state',
  'This import is {state}: that can’t be done now.',
  'Cette importation est dans l’état « {state} » : ce n’est pas possible maintenant.',
  'Esta importación está en estado «{state}»: eso no se puede hacer ahora.',
);

const notYours = message(
  'import-not-yours',
  'You may see this import, and only its owner and administrators work on it: ask one of them.',
  'Vous pouvez consulter cette importation, mais seuls son responsable et les administrateurs la traitent : adressez-vous à eux.',
  'Puede ver esta importación, pero solo su responsable y los administradores la tratan: pídaselo a ellos.',
);

/** Counts of what did nothing yet. */
export const noCounts = { position: 0, created: 0, updated: 0, merged: 0, skipped: 0, failed: 0 } as const;

/** More files than a set can have. */
const allFiles = 1000;

/** An import the asker may see. */
export async function readBatch(ctx: Ctx, id: string): Promise<StoredBatch> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const [batch] = await selectBatches(ctx, sql`b.id = ${id} and ${accessSql(ctx, entity, 'read', 'b')}`);
  if (!batch) throw new Problem('not-found', { message: noBatch });
  return batch;
}

/** Whether somebody who sees these files may do something to them as well: their owner, and who may change any import. */
export const mayWorkOn = (ctx: Ctx, files: readonly StoredBatch[]): boolean =>
  levelFor(ctx, entityOf(ctx.workspace.model, 'import-batch'), 'update') === 'all' ||
  files.every(({ owner }) => owner !== null && owner === ctx.who.userId);

/** Whether somebody who sees these files may take back what they wrote, as far as his rights to the records go. */
export const mayTakeBack = (ctx: Ctx, files: readonly StoredBatch[]): boolean =>
  mayWorkOn(ctx, files) || hasSpecial(ctx, 'undo-any');

/** Refuses who may see these files and no more. */
export function refuseOnlySeeing(ctx: Ctx, files: readonly StoredBatch[], may = mayWorkOn): void {
  if (!may(ctx, files)) throw new Problem('forbidden', { message: notYours });
}

/** The files of a set that the asker may see, in the order they were given. */
export async function readSet(ctx: Ctx, set: string): Promise<readonly StoredBatch[]> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const files = await selectBatches(
    ctx,
    sql`${ofSet(set)} and ${accessSql(ctx, entity, 'read', 'b')}`,
    allFiles,
  );
  if (files.length === 0) throw new Problem('not-found', { message: noBatch });
  return files.toReversed();
}

/** The set of that id, or the one that a file of that id is in. */
export async function findSet(ctx: Ctx, id: string): Promise<readonly StoredBatch[]> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const access = accessSql(ctx, entity, 'read', 'b');
  const [any] = await selectBatches(ctx, sql`(${ofSet(id)} or b.id = ${id}) and ${access}`);
  if (!any) throw new Problem('not-found', { message: noBatch });
  return readSet(ctx, any.set);
}

/** The sets that the asker may see, each with its files, newest first. */
export async function listSets(
  ctx: Ctx,
  o: { readonly limit: number; readonly after?: string },
): Promise<{ readonly items: readonly (readonly StoredBatch[])[]; readonly next: string | null }> {
  const access = accessSql(ctx, entityOf(ctx.workspace.model, 'import-batch'), 'read', 'b');
  const set = sql`coalesce(b.set, b.id::text)`;
  const { rows } = await sql<{ set: string }>`
    select distinct ${set} as set from ${sql.id(ctx.workspace.schema, 'import_batch')} b
    where b.removed_at is null and ${access} ${o.after === undefined ? sql`` : sql`and ${set} < ${o.after}`}
    order by 1 desc limit ${o.limit + 1}`.execute(ctx.db);
  const ids = rows.slice(0, o.limit).map((row) => row.set);
  const files = await selectBatches(
    ctx,
    sql`${set} = any(${ids}::text[]) and ${access}`,
    ids.length * allFiles,
  );
  const bySet = Map.groupBy(files.toReversed(), (file) => file.set);
  return {
    items: ids.flatMap((id) => (bySet.has(id) ? [bySet.get(id) ?? []] : [])),
    next: rows.length > o.limit ? (ids.at(-1) ?? null) : null,
  };
}

/** The imports the asker may see, newest first. */
export async function listBatches(
  ctx: Ctx,
  o: { readonly limit: number; readonly after?: string },
): Promise<{ readonly items: readonly StoredBatch[]; readonly next: string | null }> {
  const entity = entityOf(ctx.workspace.model, 'import-batch');
  const access = accessSql(ctx, entity, 'read', 'b');
  const found = await selectBatches(
    ctx,
    o.after === undefined ? access : sql`${access} and b.id < ${o.after}`,
    o.limit + 1,
  );
  const items = found.slice(0, o.limit);
  return { items, next: found.length > o.limit ? (items.at(-1)?.id ?? null) : null };
}

/** What is known of the file of an import. */
export const readAnalysis = async (ctx: Ctx, id: string): Promise<Analysis> =>
  (await seenOf(ctx, id)).analysis;

/** The different texts of the columns of an import's file. */
export async function readValues(ctx: Ctx, id: string): Promise<FileValues> {
  const { values } = await seenOf(ctx, id);
  if (values) return values;
  // A file opened before its values were kept.
  const seen = await analyse(await readTable(ctx, id));
  await sql`update ${sql.id(ctx.workspace.schema, 'import_file')} set values = ${JSON.stringify(seen.values)}::jsonb
    where id = ${id}`.execute(ctx.db);
  return seen.values;
}

async function seenOf(
  ctx: Ctx,
  id: string,
): Promise<{ readonly analysis: Analysis; readonly values: FileValues | null }> {
  const { rows } = await sql<{ analysis: Analysis; values: FileValues | null }>`
    select analysis, values from ${sql.id(ctx.workspace.schema, 'import_file')} where id = ${id}`.execute(
    ctx.db,
  );
  if (!rows[0]) throw new Problem('not-found', { message: noBatch });
  return rows[0];
}

/** Keeps another mapping, with the mistakes it may still have; a check of the set made before is void. */
export async function saveMapping(ctx: Ctx, id: string, sent: unknown): Promise<ImportMapping> {
  const batch = await readBatch(ctx, id);
  importedEntity(ctx, batch.entity);
  const mapping = readMapping(sent);
  await refuseStarted(ctx, batch.set);
  await inTransaction(ctx, async (inner) => {
    const changes = {
      state: 'draft',
      startedAt: null,
      finishedAt: null,
      report: emptyReport,
      ...noCounts,
    } as const;
    const count = await writeBatches(inner, ofSet(batch.set), openStates, changes);
    const isKept = await writeBatch(inner, id, ['draft'], { mapping, source: mapping.source });
    if (count === 0 || !isKept) throw inState(await readBatch(ctx, id));
  });
  return mapping;
}

/** States in which nothing is written, if nothing was: a run that stopped in its first chunk left nothing behind. */
export const openStates = ['draft', 'checked', 'failed', 'cancelled'] as const;

/** Whether a set wrote nothing yet and isn't worked on. */
export const isOpen = (files: readonly StoredBatch[]): boolean =>
  files.every(({ state, isWritten }) =>
    isStopped(state) ? !isWritten : state === 'draft' || state === 'checked',
  );

/** Whether a run ended before its end. */
export const isStopped = (state: ImportStateName): boolean => state === 'failed' || state === 'cancelled';

/** Refuses what is possible only before a set runs. */
export async function refuseStarted(ctx: Ctx, set: string): Promise<readonly StoredBatch[]> {
  const files = await readSet(ctx, set);
  refuseOnlySeeing(ctx, files);
  if (!isOpen(files)) throw inState(files.find((file) => !isOpen([file])) ?? (files[0] as StoredBatch));
  return files;
}

/** Imports are written by the engine alone, in the name of who asked. */
export const forItself = (ctx: Ctx): Ctx => ({
  ...ctx,
  door: 'system',
  who: { ...ctx.who, roles: [...ctx.who.roles, administrator] },
});

/** The refusal of what can't be done to an import as it stands. */
export const inState = (batch: StoredBatch): Problem =>
  new Problem('conflict', {
    message: wrongState,
    params: { state: batch.state },
    extra: { state: batch.state },
  });
