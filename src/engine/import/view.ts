import { sql } from 'kysely';
import { tell } from '../../lib/message.ts';
import type {
  ImportCan,
  ImportCounts,
  ImportDraft,
  ImportRowOutcome,
  ImportSet,
  ImportSetFile,
  ImportState,
  ImportUndo,
} from '../../model/import.ts';
import type { Page } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { saidOut } from '../long-work/said.ts';
import { titlesOf } from '../query/titles.ts';
import { isOpen, isStopped, mayTakeBack, mayWorkOn, readAnalysis, readValues } from './batch.ts';
import { fileMistakes } from './file-mistakes.ts';
import { targetMap } from './plan.ts';
import { notesOut, type Report } from './report.ts';
import { rowPage } from './row-pages.ts';
import type { StoredMistake } from './row-store.ts';
import { inOrder } from './set-order.ts';
import { canUndo, isUndoBegun } from './sets.ts';
import type { StoredBatch } from './stored-batch.ts';
import { targetOut } from './targets.ts';
import { planValues, unknownOut } from './value-plan.ts';
import { busyStates } from './work.ts';

/** One file of an import as its reader sees it. */
export async function stateOut(ctx: Ctx, batch: StoredBatch): Promise<ImportState> {
  const { report, state } = batch;
  return {
    id: batch.id,
    set: batch.set,
    fileName: batch.fileName,
    entity: batch.entity,
    source: batch.source,
    state,
    isBusy: busyStates.some((each) => each === state),
    ...countsOf(batch),
    createdAt: batch.createdAt.toISOString(),
    createdBy: batch.createdBy === null ? null : { id: batch.createdBy, label: batch.createdByName },
    startedAt: report.begunAt ?? batch.startedAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    notes: notesOut(report, ctx.locale, batch.mapping.currency ?? ctx.workspace.currency),
    stopped: saidOut(report.stopped, ctx.locale),
    undo: report.undo === null ? null : await undoOut(ctx, report.undo),
    can: canOf(ctx, [batch]),
  };
}

/** The files of a set and how far they are together, in the order in which they are worked on. */
export async function setOut(ctx: Ctx, given: readonly StoredBatch[]): Promise<ImportSet> {
  const files = await Promise.all(inOrder(ctx, given).map((file) => setFileOut(ctx, file, isOpen(given))));
  const [first] = files;
  if (!first) throw new Error('a set of imports has no file');
  const sum = (name: keyof ImportCounts): number => files.reduce((all, file) => all + file[name], 0);
  const undone = files.flatMap(({ undo }) => undo ?? []);
  return {
    id: first.set,
    state: first.state,
    isBusy: first.isBusy,
    rows: sum('rows'),
    position: sum('position'),
    created: sum('created'),
    updated: sum('updated'),
    merged: sum('merged'),
    skipped: sum('skipped'),
    failed: sum('failed'),
    createdAt: given[0]?.createdAt.toISOString() ?? first.createdAt,
    createdBy: first.createdBy,
    startedAt: first.startedAt,
    finishedAt: first.finishedAt,
    stopped: files.find(({ stopped }) => stopped !== null)?.stopped ?? null,
    undo:
      undone.length === 0
        ? null
        : {
            done: undone.reduce((all, { done }) => all + done, 0),
            of: undone.reduce((all, { of }) => all + of, 0),
            refusedCount: undone.reduce((all, { refusedCount }) => all + refusedCount, 0),
            refused: undone.flatMap(({ refused }) => refused).slice(0, 200),
          },
    can: canOf(ctx, given),
    files,
  };
}

async function setFileOut(ctx: Ctx, batch: StoredBatch, isOpenSet: boolean): Promise<ImportSetFile> {
  const state = await stateOut(ctx, batch);
  if (!isOpenSet) return { ...state, isEntitySure: true, mistakes: 0, otherSheets: [] };
  const analysis = await readAnalysis(ctx, batch.id);
  return {
    ...state,
    isEntitySure: analysis.isEntitySure !== false,
    mistakes: fileMistakes(ctx, batch, analysis).length,
    otherSheets: analysis.facts?.format === 'xlsx' ? analysis.facts.others : [],
  };
}

const countsOf = ({
  rows,
  position,
  created,
  updated,
  merged,
  skipped,
  failed,
}: StoredBatch): ImportCounts => ({ rows, position, created, updated, merged, skipped, failed });

function canOf(ctx: Ctx, files: readonly StoredBatch[]): ImportCan {
  const isServed = files.every(({ entity }) => ctx.workspace.model.entities.has(entity));
  const isTheirs = mayWorkOn(ctx, files);
  const open = isTheirs && isOpen(files);
  return {
    map: isServed && open,
    check: isServed && open,
    run:
      isServed && isTheirs && (open || (files.every(({ state }) => isStopped(state)) && !isUndoBegun(files))),
    cancel: isTheirs && files.every(({ state }) => state === 'running' || state === 'checking'),
    undo: isServed && mayTakeBack(ctx, files) && canUndo(files),
    remove: open || (isTheirs && files.every(({ state }) => state === 'undone')),
  };
}

/** An import with its file, mapping and what its columns may fill: nothing, once its entity was retired. */
export async function draftOut(ctx: Ctx, batch: StoredBatch): Promise<ImportDraft> {
  const state = await stateOut(ctx, batch);
  const { facts: _facts, ...analysis } = await readAnalysis(ctx, batch.id);
  const entity = ctx.workspace.model.entities.get(batch.entity);
  const targets: ReturnType<typeof targetMap> = entity ? targetMap(ctx, entity) : new Map();
  const { isEntitySure: _, varied: _varied, ...seen } = analysis;
  const mistakes = state.can.map ? fileMistakes(ctx, batch, analysis) : [];
  return {
    ...state,
    ...seen,
    format: analysis.format ?? 'csv',
    mapping: batch.mapping,
    mistakes: mistakes.map(({ field, message, params }) => ({
      field,
      code: message.code,
      message: tell(ctx.locale, message, params),
    })),
    targets: [...targets.values()].map((target) => targetOut(ctx, target)),
    unknown: state.can.map
      ? unknownOut(
          ctx.workspace.baseValues,
          planValues(ctx, await readValues(ctx, batch.id), batch.mapping, targets),
        )
      : [],
  };
}

async function undoOut(
  ctx: Ctx,
  { done, of, refused, refusedCount }: NonNullable<Report['undo']>,
): Promise<ImportUndo> {
  const shown = refused.slice(0, 200);
  const titleOf = await titlesOf(ctx, shown);
  return {
    done,
    of,
    refusedCount,
    refused: shown.map(({ entity, id, mistakes }) => ({
      entity,
      id,
      label: titleOf(entity, id),
      reasons: mistakes.map(({ message, params }) => tell(ctx.locale, message, params)),
    })),
  };
}

/** What became of the rows, in their order; of very long ones fewer come than were asked for. */
export async function rowsOut(
  ctx: Ctx,
  id: string,
  o: { readonly outcome?: ImportRowOutcome['outcome']; readonly limit: number; readonly after?: number },
): Promise<Page<ImportRowOutcome>> {
  const ofOutcome = o.outcome === undefined ? sql`true` : sql`outcome = ${o.outcome}`;
  const table = sql.id(ctx.workspace.schema, 'import_row');
  const page = rowPage({
    columns: ['row', 'line', 'outcome', 'record', 'entity', 'mistakes', 'cells'],
    from: sql`${table} where batch = ${id} and ${ofOutcome} and "row" > ${o.after ?? 0}`,
    limit: o.limit,
  });
  const { rows: shown } = await sql<{
    row: number;
    line: number;
    outcome: ImportRowOutcome['outcome'];
    record: string | null;
    entity: string | null;
    mistakes: readonly StoredMistake[] | null;
    cells: readonly string[] | null;
    more: boolean;
  }>`${page}`.execute(ctx.db);
  const titleOf = await titlesOf(
    ctx,
    shown.flatMap(({ entity, record }) => (entity && record ? [{ entity, id: record }] : [])),
  );
  const { rows: counts } = await sql<{ count: number }>`
    select count(*) as count from ${table} where batch = ${id} and ${ofOutcome}`.execute(ctx.db);
  return {
    items: shown.map(({ row, line, outcome, record, entity, mistakes, cells }) => ({
      row,
      line,
      outcome,
      record:
        record === null || entity === null ? null : { entity, id: record, label: titleOf(entity, record) },
      mistakes: (mistakes ?? []).map((mistake) => ({
        field: mistake.field,
        column: mistake.column,
        code: mistake.message.code,
        message: tell(ctx.locale, mistake.message, mistake.params),
        ...(mistake.value === undefined ? {} : { value: mistake.value }),
      })),
      cells,
    })),
    next: shown.at(-1)?.more === true ? String(shown.at(-1)?.row ?? '') : null,
    total: Number(counts[0]?.count ?? 0),
  };
}
