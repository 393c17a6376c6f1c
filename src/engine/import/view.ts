import { sql } from 'kysely';
import { tell } from '../../lib/message.ts';
import type { ImportDraft, ImportRowOutcome, ImportState, ImportUndo } from '../../model/import.ts';
import type { Page } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { saidOut } from '../long-work/said.ts';
import { readAnalysis, readTable } from './batch.ts';
import { mappingMistakes } from './mapping.ts';
import { targetMap } from './plan.ts';
import { notesOut } from './report.ts';
import type { StoredMistake } from './row-store.ts';
import type { StoredBatch } from './stored-batch.ts';
import { targetOut } from './targets.ts';
import { titlesOf } from './titles.ts';
import { planValues, unknownOut } from './value-plan.ts';
import { busyStates } from './work.ts';

/** An import as its reader sees it. */
export async function stateOut(ctx: Ctx, batch: StoredBatch): Promise<ImportState> {
  const { report, state } = batch;
  const isServed = ctx.workspace.model.entities.has(batch.entity);
  const isOpen = ['draft', 'checked'].includes(state) || (state === 'failed' && batch.position === 0);
  return {
    id: batch.id,
    fileName: batch.fileName,
    entity: batch.entity,
    source: batch.source,
    state,
    isBusy: busyStates.some((each) => each === state),
    rows: batch.rows,
    position: batch.position,
    created: batch.created,
    updated: batch.updated,
    skipped: batch.skipped,
    failed: batch.failed,
    createdAt: batch.createdAt.toISOString(),
    createdBy: batch.createdBy === null ? null : { id: batch.createdBy, label: batch.createdByName },
    startedAt: batch.startedAt?.toISOString() ?? null,
    finishedAt: batch.finishedAt?.toISOString() ?? null,
    notes: notesOut(report, ctx.locale, batch.mapping.currency ?? ctx.workspace.currency),
    stopped: saidOut(report.stopped, ctx.locale),
    undo: report.undo === null ? null : await undoOut(ctx, report.undo),
    can: {
      map: isServed && isOpen,
      check: isServed && isOpen,
      run: isServed && (isOpen || state === 'failed'),
      undo: isServed && (state === 'done' || (state === 'failed' && batch.position > 0)),
      remove: isOpen || state === 'undone',
    },
  };
}

/** An import with its file, mapping and what its columns may fill: nothing, once its entity was retired. */
export async function draftOut(ctx: Ctx, batch: StoredBatch): Promise<ImportDraft> {
  const state = await stateOut(ctx, batch);
  const analysis = await readAnalysis(ctx, batch.id);
  const entity = ctx.workspace.model.entities.get(batch.entity);
  const targets: ReturnType<typeof targetMap> = entity ? targetMap(ctx, entity) : new Map();
  const headers = analysis.columns.map((column) => column.name);
  const mistakes =
    entity && state.can.map ? mappingMistakes(ctx, entity, headers, targets, batch.mapping) : [];
  return {
    ...state,
    ...analysis,
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
          planValues(ctx, await readTable(ctx, batch.id), batch.mapping, targets),
        )
      : [],
  };
}

async function undoOut(
  ctx: Ctx,
  {
    done,
    of,
    refused,
  }: Omit<ImportUndo, 'refused'> & {
    readonly refused: readonly {
      entity: string;
      id: string;
      mistakes: readonly Omit<StoredMistake, 'column'>[];
    }[];
  },
): Promise<ImportUndo> {
  const shown = refused.slice(0, 200);
  const labels = new Map<string, string | null>();
  for (const [entity, all] of Map.groupBy(shown, (each) => each.entity)) {
    for (const [id, title] of await titlesOf(
      ctx,
      entity,
      all.map((each) => each.id),
    ))
      labels.set(id, title);
  }
  return {
    done,
    of,
    refused: shown.map(({ entity, id, mistakes }) => ({
      entity,
      id,
      label: labels.get(id) ?? null,
      reasons: mistakes.map(({ message, params }) => tell(ctx.locale, message, params)),
    })),
  };
}

/** What became of the rows, in their order. */
export async function rowsOut(
  ctx: Ctx,
  id: string,
  o: { readonly outcome?: ImportRowOutcome['outcome']; readonly limit: number; readonly after?: number },
): Promise<Page<ImportRowOutcome>> {
  const ofOutcome = o.outcome === undefined ? sql`true` : sql`outcome = ${o.outcome}`;
  const table = sql.id(ctx.workspace.schema, 'import_row');
  const { rows } = await sql<{
    row: number;
    line: number;
    outcome: ImportRowOutcome['outcome'];
    record: string | null;
    entity: string | null;
    mistakes: readonly StoredMistake[] | null;
    cells: readonly string[] | null;
  }>`
    select "row", line, outcome, record, entity, mistakes, cells from ${table}
    where batch = ${id} and ${ofOutcome} and "row" > ${o.after ?? 0} order by "row" limit ${o.limit + 1}`.execute(
    ctx.db,
  );
  const shown = rows.slice(0, o.limit);
  const titles = new Map<string, string | null>();
  for (const [entity, all] of Map.groupBy(shown, (row) => row.entity)) {
    if (entity === null) continue;
    for (const [record, title] of await titlesOf(
      ctx,
      entity,
      all.flatMap((row) => row.record ?? []),
    ))
      titles.set(record, title);
  }
  const { rows: counts } = await sql<{ count: number }>`
    select count(*) as count from ${table} where batch = ${id} and ${ofOutcome}`.execute(ctx.db);
  return {
    items: shown.map(({ row, line, outcome, record, entity, mistakes, cells }) => ({
      row,
      line,
      outcome,
      record:
        record === null || entity === null ? null : { entity, id: record, label: titles.get(record) ?? null },
      mistakes: (mistakes ?? []).map((mistake) => ({
        field: mistake.field,
        column: mistake.column,
        code: mistake.message.code,
        message: tell(ctx.locale, mistake.message, mistake.params),
        ...(mistake.value === undefined ? {} : { value: mistake.value }),
      })),
      cells,
    })),
    next: rows.length > o.limit ? String(shown.at(-1)?.row ?? '') : null,
    total: Number(counts[0]?.count ?? 0),
  };
}
