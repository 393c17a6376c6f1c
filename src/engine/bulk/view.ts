import { sql } from 'kysely';
import { labels } from '../../lib/locale.ts';
import { tell } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { BulkOutcome, BulkRecord, BulkRun, BulkUndo } from '../../model/bulk.ts';
import type { Page } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import type { UndoProgress } from '../events/undo-batch.ts';
import { reasonColumn, refusedFile } from '../long-work/refused-file.ts';
import { saidOut } from '../long-work/said.ts';
import { titlesOf } from '../query/titles.ts';
import { canUndo } from './runs.ts';
import type { StoredRun } from './stored-run.ts';
import { busyStates } from './work.ts';

/** A run as its reader sees it. */
export async function runOut(ctx: Ctx, run: StoredRun): Promise<BulkRun> {
  const { id, entity, verb, state, total, changed, unchanged, refused, left, stopped } = run;
  return {
    id,
    entity,
    verb,
    state,
    total,
    changed,
    unchanged,
    refused,
    left,
    isBusy: busyStates.some((each) => each === state),
    isTrial: run.plan.isTrial,
    done: run.position,
    createdAt: run.createdAt.toISOString(),
    createdBy: run.createdBy === null ? null : { id: run.createdBy, label: run.createdByName },
    finishedAt: run.finishedAt?.toISOString() ?? null,
    stopped: saidOut(stopped, ctx.locale),
    undo: run.undo && (await undoOut(ctx, run.undo)),
    can: { cancel: state === 'running', undo: canUndo(run) },
  };
}

async function undoOut(ctx: Ctx, { batch, reached, of, refused, inTheWay }: UndoProgress): Promise<BulkUndo> {
  const titleOf = await titlesOf(ctx, inTheWay);
  return {
    batch,
    done: reached - refused,
    of,
    refused,
    inTheWay: inTheWay.map(({ entity, id, mistakes }) => ({
      entity,
      id,
      label: titleOf(entity, id),
      reasons: mistakes.map(({ message, params }) => tell(ctx.locale, message, params)),
    })),
  };
}

interface Row {
  readonly place: number;
  readonly entity: string;
  readonly record: string;
  readonly outcome: BulkOutcome;
  readonly mistakes: readonly Mistake[] | null;
}

interface Asked {
  readonly outcome?: BulkOutcome | undefined;
  readonly limit: number;
  readonly after?: number | undefined;
}

/** What became of the records, in their order. */
export async function recordsOut(ctx: Ctx, run: StoredRun, asked: Asked): Promise<Page<BulkRecord>> {
  const found = await rowsOf(ctx, run, { ...asked, limit: asked.limit + 1 });
  const shown = found.slice(0, asked.limit);
  const titleOf = await titlesOf(
    ctx,
    shown.map(({ entity, record }) => ({ entity, id: record })),
  );
  return {
    items: shown.map(({ place, entity, record, outcome, mistakes }) => ({
      place,
      record: { entity, id: record, label: titleOf(entity, record) },
      outcome,
      reasons: (mistakes ?? []).map(({ field, message, params }) => ({
        field,
        code: message.code,
        message: tell(ctx.locale, message, params),
      })),
    })),
    next: found.length > asked.limit ? String(shown.at(-1)?.place ?? '') : null,
    total: asked.outcome === undefined ? run.position : run[asked.outcome],
  };
}

async function rowsOf(ctx: Ctx, run: StoredRun, { outcome, limit, after }: Asked): Promise<readonly Row[]> {
  const wanted = outcome === undefined ? sql`outcome is not null` : sql`outcome = ${outcome}`;
  const { rows } = await sql<Row>`
    select place, coalesce(entity, ${run.entity}) as entity, record, outcome, mistakes from ${sql.id(ctx.workspace.schema, 'bulk_row')}
    where run = ${run.id} and ${wanted} and place > ${after ?? 0} order by place limit ${limit}`.execute(
    ctx.db,
  );
  return rows;
}

const heads = [labels('Id', 'Identifiant', 'Identificador'), labels('Name', 'Nom', 'Nombre'), reasonColumn];

/** Records of a CSV file read at a time. */
const pieceSize = 1_000;

/** The refused records as a CSV file, piece by piece, each with its reasons. */
export const refusedCsv = (ctx: Ctx, run: StoredRun): AsyncGenerator<string> =>
  refusedFile(
    ',',
    heads.map((head) => head[ctx.locale]),
    refusedLines(ctx, run),
  );

async function* refusedLines(ctx: Ctx, run: StoredRun): AsyncGenerator<readonly (readonly string[])[]> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: Page<BulkRecord> = await recordsOut(ctx, run, {
      outcome: 'refused',
      limit: pieceSize,
      after,
    });
    if (page.items.length > 0)
      yield page.items.map(({ record, reasons }) => [
        record.id,
        record.label ?? '',
        reasons.map((each) => each.message).join(' · '),
      ]);
    after = page.next === null ? undefined : Number(page.next);
  }
}
