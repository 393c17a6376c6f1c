import { newId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { declares } from '../declare/declarations.ts';
import { fullModel } from '../declare/full-model.ts';
import { inTransaction } from '../record/transaction.ts';
import { type BatchRecord, beginOf, countRecords, type EventPlace, recordsBefore } from './batch-records.ts';
import { type Refused, type Undone, type UndoneBatch, undoRecords } from './undo-records.ts';

const retired = message(
  'undo-entity-retired',
  'It belongs to {entity}, which is retired: take that back first.',
  'Elle appartient à {entity}, qui est retirée : reprenez-la d’abord.',
  'Pertenece a {entity}, que está retirada: recupérela primero.',
);

/** Records per transaction. */
const pageSize = 500;
/** Records in the way that are told one by one. */
const mostTold = 200;

/** How far the undo of a batch is, to be kept as JSON and taken up again after a crash. */
export interface UndoProgress {
  /** The batch of the undo's own events: undoing that is a redo. */
  readonly batch: string;
  readonly of: number;
  readonly reached: number;
  readonly refused: number;
  /** The first of those that are refused, with their reasons. */
  readonly inTheWay: readonly Refused[];
  /** The last event dealt with. */
  readonly place: EventPlace | null;
}

/** What an undo did: how many records are as before, and which stand in the way with their reasons. */
export interface UndoReport {
  /** The batch of the undo's own events: undoing that is a redo. */
  readonly batch: string;
  readonly undone: number;
  /** The first records that stand in the way; `refusedCount` says how many they are. */
  readonly refused: readonly Refused[];
  readonly refusedCount: number;
}

/**
 * Puts everything written under `batch` back as it was, in the name of the asker: created records go to the
 * bin, changed fields get their former values. Records that were changed again since, or that the asker may no
 * longer change, are left alone, with the reason. Goes piece by piece, a transaction each, so that a million records
 * take no more memory than a thousand; `onProgress` may answer as whom to go on, and what it was told last is enough
 * to take up an undo that was cut short, as `from`.
 */
export async function undoBatch(
  ctx: Ctx,
  batch: string,
  onProgress?: (done: number, of: number, progress: UndoProgress) => Promise<Ctx | undefined>,
  from?: UndoProgress | null,
): Promise<UndoReport> {
  let progress = from;
  const steps = undoSteps(ctx, batch, { from: progress });
  for (let asker: Ctx | undefined; ; ) {
    const { value, done } = await steps.next(asker);
    if (done) break;
    ({ progress } = value);
    asker = await onProgress?.(progress.reached, progress.of, progress);
  }
  if (!progress) throw new Error(`the undo of batch ${batch} did nothing`);
  const { reached, refused, inTheWay } = progress;
  return { batch: progress.batch, undone: reached - refused, refused: inTheWay, refusedCount: refused };
}

/** A piece of an undo: its records, what became of them, and how far the whole is by that. */
export interface UndoStep extends Undone {
  readonly records: readonly BatchRecord[];
  readonly progress: UndoProgress;
}

/**
 * `undoBatch` piece by piece, each told once it is committed; `next` takes as whom to go on. What `keep` writes of a
 * piece is kept together with it, or not at all.
 */
export async function* undoSteps(
  ctx: Ctx,
  batch: string,
  o: {
    readonly from?: UndoProgress | null | undefined;
    readonly keep?: (inner: Ctx, step: UndoStep) => Promise<void>;
  } = {},
): AsyncGenerator<UndoStep, void, Ctx | undefined> {
  let progress: UndoProgress = o.from ?? {
    batch: newId(),
    of: await countRecords(ctx, batch),
    reached: 0,
    refused: 0,
    inTheWay: [],
    place: null,
  };
  const undone = { id: batch, begin: await beginOf(ctx, batch) };
  const writing = (asker: Ctx): Ctx => ({ ...asker, door: 'undo', batch: progress.batch });
  let undo = writing(ctx);
  let hasDeclared = false;
  for (;;) {
    const records = await recordsBefore(undo, batch, progress.place, pageSize);
    if (records.length === 0) return;
    const before = progress;
    const stepOf = (page: Undone): UndoStep => ({
      records,
      progress: reached(before, records, page),
      done: page.done,
      refused: page.refused,
    });
    const page = await undoPage(undo, undone, records, (inner, all) => o.keep?.(inner, stepOf(all)));
    const step = stepOf(page);
    ({ progress } = step);
    hasDeclared ||= page.hasDeclared;
    const asker = yield step;
    if (asker) undo = writing(asker);
    if (hasDeclared) undo = await withModelNow(undo);
    if (records.length < pageSize) return;
  }
}

const reached = (
  progress: UndoProgress,
  records: readonly BatchRecord[],
  { refused }: Undone,
): UndoProgress => ({
  ...progress,
  reached: progress.reached + records.length,
  refused: progress.refused + refused.length,
  inTheWay: [
    ...progress.inTheWay,
    ...refused.slice(0, mostTold - progress.inTheWay.length).map(withoutValues),
  ],
  place: records.at(-1)?.last ?? progress.place,
});

/** As it may be kept: reasons without the values that were wrong. */
const withoutValues = ({ entity, id, mistakes }: Refused): Refused => ({
  entity,
  id,
  mistakes: mistakes.map(({ value: _value, ...said }) => said),
});

/** Undoes one page in one transaction, runs of one entity together, the latest first. */
function undoPage(
  ctx: Ctx,
  batch: UndoneBatch,
  records: readonly BatchRecord[],
  keep: (inner: Ctx, page: Undone) => Promise<void> | undefined,
): Promise<Undone & { readonly hasDeclared: boolean }> {
  return inTransaction({ ...ctx, now: new Date() }, async (fresh) => {
    let inner = fresh;
    const all: { readonly done: Undone['done'][number][]; readonly refused: Refused[] } = {
      done: [],
      refused: [],
    };
    for (const [name, ids] of runsOf(records)) {
      const entity = inner.workspace.model.entities.get(name);
      const { done, refused } = entity
        ? await undoRecords(inner, entity, batch, ids)
        : { done: [], refused: ids.map((id) => gone(name, id)) };
      all.done.push(...done);
      all.refused.push(...refused);
      if (entity && declares(entity)) inner = await withModelNow(inner);
    }
    await keep(inner, all);
    return { ...all, hasDeclared: inner !== fresh };
  });
}

/** What comes next is undone by the declarations as they are by now, in this transaction perhaps. */
async function withModelNow(ctx: Ctx): Promise<Ctx> {
  const { workspace } = ctx;
  const model = await fullModel(ctx.db, workspace.schema, workspace.declaredInCode);
  return { ...ctx, workspace: { ...workspace, model } };
}

/** A record of an entity that is retired: it is undone once that is back. */
const gone = (entity: string, id: string): Refused => ({
  entity,
  id,
  mistakes: [{ field: '', message: retired, params: { entity } }],
});

/** Runs of records of one entity. */
function* runsOf(records: readonly BatchRecord[]): Generator<readonly [string, readonly string[]]> {
  let ids: string[] = [];
  for (const [index, { entity, record }] of records.entries()) {
    ids.push(record);
    if (records[index + 1]?.entity === entity) continue;
    yield [entity, ids];
    ids = [];
  }
}
