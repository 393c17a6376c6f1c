import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { inTransaction } from '../record/transaction.ts';
import { clearAside, putAside, takeBack } from './aside.ts';
import { readValues } from './batch.ts';
import { readTable } from './files.ts';
import { importFiles } from './import-files.ts';
import { importedEntity } from './imported-entity.ts';
import { createValues, type NewValue, newValues } from './new-values.ts';
import { planImport } from './plan.ts';
import { planNotes } from './plan-notes.ts';
import { countsAfter, filesIn, finish, proceed, progressOf, refuseLoss, writing } from './progress.ts';
import type { FileRow } from './read/table-reader.ts';
import { clearRows, keepRows, tellRows } from './row-store.ts';
import { inOrder } from './set-order.ts';
import type { StoredBatch } from './stored-batch.ts';
import type { OnItsWay, Writer } from './writer.ts';

/**
 * Goes through with the run of a set, from where it stands: each chunk is one transaction that holds records, outcomes
 * and the counts, so that a killed import is taken up where it was, nothing lost and nothing double. `beforeChunk`
 * answers as whom to go on: who lost a role meanwhile goes on without it.
 */
export async function runSet(ctx: Ctx, set: string, beforeChunk?: () => Promise<Ctx>): Promise<void> {
  const current = new Map<string, StoredBatch>();
  const writer: Writer = {
    look: ctx,
    async begin(file) {
      const { on, batch } = await begin(ctx, file);
      current.set(file.id, batch);
      return on;
    },
    async write({ file, plan }, work, waited = false) {
      const asker = (await beforeChunk?.()) ?? ctx;
      importedEntity(asker, file.entity);
      const before = current.get(file.id) ?? file;
      return inTransaction({ ...writing(asker, file.id), now: new Date() }, async (inner) => {
        const done = await work(inner);
        if (waited)
          await takeBack(
            inner,
            file.id,
            done.outcomes.map(({ row }) => row),
          );
        await keepRows(inner, file.id, plan, done.outcomes);
        await putAside(inner, file.id, [...done.aside, ...done.open]);
        await tellRows(inner, file.id, done.told);
        const after = countsAfter(before, done);
        await proceed(inner, file, 'running', progressOf(after));
        current.set(file.id, after);
        return done;
      });
    },
    undone: (on) => notDone(ctx, on),
  };
  const files = inOrder(ctx, await filesIn(ctx, set, 'running'));
  await forgetTrials(ctx, files);
  await importFiles(files, writer);
  refuseLoss(files, current);
  await finish(ctx, files, 'running');
}

/** Clears what a check left, and rows that wait of a run that wrote nothing: of the whole set, or rows would be missed. */
async function forgetTrials(ctx: Ctx, files: readonly StoredBatch[]): Promise<void> {
  if (files.some(({ isWritten }) => isWritten)) return;
  await inTransaction(ctx, async (inner) => {
    for (const { id } of files) {
      await clearRows(inner, id);
      await clearAside(inner, id);
    }
  });
}

/** Reads the file, adds the new list values, keeps what can be said beforehand; once, however often it is taken up. */
async function begin(
  given: Ctx,
  file: StoredBatch,
): Promise<{ readonly on: OnItsWay; readonly batch: StoredBatch }> {
  const ctx = writing(given, file.id);
  const { on, added } = await planOf(ctx, file);
  const isFresh = file.position === 0 && file.report.notes.length === 0;
  const report = isFresh ? { ...file.report, notes: planNotes(ctx, on.plan, added) } : file.report;
  await inTransaction(ctx, async (inner) => {
    await createValues(inner, added);
    await proceed(inner, file, 'running', { report });
  });
  if (added.length > 0) await ctx.workspace.refresh();
  return { on, batch: { ...file, report } };
}

/** How a file is imported, and the list values that this adds. */
export async function planOf(
  ctx: Ctx,
  file: StoredBatch,
): Promise<{ readonly on: OnItsWay; readonly added: readonly NewValue[] }> {
  const entity = importedEntity(ctx, file.entity);
  const reader = await readTable(ctx, file.id);
  const plan = await planImport(ctx, entity, reader, file.mapping, await readValues(ctx, file.id));
  return { on: { file, plan, reader }, added: newValues(ctx, [...plan.values.values()]) };
}

/** Rows looked up at once. */
const lookSize = 2_000;

/** The rows of a file that have neither an outcome nor wait for one: all of a file that is only begun. */
async function* notDone(ctx: Ctx, { file, reader }: OnItsWay): AsyncGenerator<FileRow> {
  const last = await lastDone(ctx, file.id);
  let held: FileRow[] = [];
  for await (const row of reader.rows()) {
    if (row.place >= last && held.length === 0) {
      yield row;
      continue;
    }
    held.push(row);
    if (held.length < lookSize && row.place < last - 1) continue;
    const done = await doneAmong(ctx, file.id, held);
    for (const each of held) if (!done.has(each.place)) yield each;
    held = [];
  }
}

async function lastDone(ctx: Ctx, batch: string): Promise<number> {
  const { schema } = ctx.workspace;
  const { rows } = await sql<{ last: number | null }>`
    select greatest(
      (select max("row") from ${sql.id(schema, 'import_row')} where batch = ${batch}),
      (select max("row") from ${sql.id(schema, 'import_aside')} where batch = ${batch})) as last`.execute(
    ctx.db,
  );
  return rows[0]?.last ?? 0;
}

async function doneAmong(ctx: Ctx, batch: string, rows: readonly FileRow[]): Promise<ReadonlySet<number>> {
  const { schema } = ctx.workspace;
  const [from, to] = [(rows[0]?.place ?? 0) + 1, (rows.at(-1)?.place ?? 0) + 1];
  const { rows: done } = await sql<{ row: number }>`
    select "row" from ${sql.id(schema, 'import_row')} where batch = ${batch} and "row" between ${from} and ${to}
    union all
    select "row" from ${sql.id(schema, 'import_aside')}
    where batch = ${batch} and record is null and "row" between ${from} and ${to}`.execute(ctx.db);
  return new Set(done.map(({ row }) => row - 1));
}
