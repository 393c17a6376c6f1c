import { sql } from 'kysely';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { RowOutcomeName } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import { commit } from '../record/commit.ts';
import { draftCreations } from '../record/create.ts';
import type { Draft } from '../record/draft.ts';
import { changesOf } from '../record/write.ts';
import { type AsideRow, namesAside } from './aside.ts';
import { nameOf } from './chunk-stream.ts';
import { alikeRows } from './duplicate-rows.ts';
import { findNamed } from './find-named.ts';
import { type Matched, matchRows } from './match-rows.ts';
import type { ImportPlan } from './plan.ts';
import type { FileRow } from './read/table-reader.ts';
import type { Chunk } from './read-ahead.ts';
import type { Naming, RowMistake, RowRead } from './read-row.ts';
import { type LinkWanted, writeLinks } from './write-links.ts';

/** What became of one row. */
export interface RowOutcome {
  readonly row: FileRow;
  readonly outcome: RowOutcomeName;
  readonly record: string | null;
  readonly mistakes: readonly RowMistake[];
  /** The key that this row gave to a record that had been there without it. */
  readonly newKey: string | null;
}

/** What a chunk of rows did. */
export interface ChunkDone {
  readonly outcomes: readonly RowOutcome[];
  /** How often something happened that notes tell of. */
  readonly tally: Readonly<Record<string, number>>;
  /** Rows that weren't written, for they name records that may come later. */
  readonly aside: readonly AsideRow[];
  /** Rows that were written without some of what they name. */
  readonly open: readonly (AsideRow & { readonly record: string })[];
  /** What is to be told of rows whose outcome is known already. */
  readonly told: readonly { readonly row: FileRow; readonly mistakes: readonly RowMistake[] }[];
}

/** A piece of work that did nothing. */
export const nothingDone: ChunkDone = { outcomes: [], tally: {}, aside: [], open: [], told: [] };

/** How rows are written whose records may have to wait for others. */
export interface Waiting {
  /** Whether what a cell names may still come, if it isn't there. */
  readonly mayCome: (naming: Naming) => boolean;
  /** Whether rows are written without what may still come, to get it later; otherwise they are put aside. */
  readonly isOpened: boolean;
  /** Whether rows of the file wait already, behind which others of the same record have to wait too. */
  readonly isQueued: boolean;
}

/** Nothing comes any more. */
export const nothingComes: Waiting = { mayCome: () => false, isOpened: false, isQueued: false };

/**
 * Turns rows into records inside one transaction: reads, recognises, creates or changes, links. Rows with mistakes
 * are refused singly; whatever is thrown concerns the chunk as a whole. No two rows stand for the same record.
 */
export async function writeRows(
  ctx: Ctx,
  plan: ImportPlan,
  { rows, read: readRow }: Chunk,
  waiting: Waiting,
): Promise<ChunkDone> {
  const all = rows.map((row) => readRow(row, ctx.workspace));
  const links = await findNamed(ctx, plan.mapping.source, all, waiting.mayCome);
  const aside = await toPutAside(ctx, plan, all, waiting);
  const read = all.filter((row) => !aside.has(row));
  const { matched, passedOver, waiting: behind } = await recognised(ctx, plan, read);
  const good = matched.filter((row) => row.mistakes.length === 0);
  const outcomes = [
    ...passedOver,
    ...(await create(
      ctx,
      plan,
      good.filter((row) => row.id === null),
    )),
    ...(await change(
      ctx,
      plan,
      good.filter((row) => row.id !== null),
    )),
    ...(await refuse(
      ctx,
      plan,
      matched.filter((row) => row.mistakes.length > 0),
    )),
  ];
  const untouched = new Set(passedOver);
  const wanted = outcomes.flatMap((each): readonly LinkWanted[] => {
    const { row, record, outcome } = each;
    return record === null || outcome === 'failed' || untouched.has(each)
      ? []
      : (links.get(row.place) ?? []).map(({ naming, id }) => ({
          place: row.place,
          from: record,
          to: id,
          target: naming.target,
        }));
  });
  const linked = await writeLinks(ctx, plan.entity, wanted);
  const settled = outcomes.map(
    (each): RowOutcome =>
      each.outcome === 'skipped' && linked.has(each.row.place) ? { ...each, outcome: 'updated' } : each,
  );
  const written = new Set(settled.filter((each) => each.outcome !== 'failed').map((each) => each.row.place));
  const recordOf = new Map(settled.map((each) => [each.row.place, each.record]));
  return {
    told: [],
    outcomes: settled,
    aside: [...aside, ...behind].map((row) => waitingFor(plan, row)),
    open: read.flatMap((row) => {
      const record = recordOf.get(row.place);
      return row.missing.length > 0 && record ? [{ ...waitingFor(plan, row), record }] : [];
    }),
    tally: tallyOf(
      plan,
      matched.filter((row) => written.has(row.place)),
    ),
  };
}

/** The record each row stands for, by what it says or looks like; apart those that are passed over, or wait. */
async function recognised(
  ctx: Ctx,
  plan: ImportPlan,
  rows: readonly RowRead[],
): Promise<{
  readonly matched: readonly Matched[];
  readonly passedOver: readonly RowOutcome[];
  readonly waiting: readonly RowRead[];
}> {
  const matched = await matchRows(ctx, plan, rows);
  const fresh = matched.filter(({ id, mistakes }) => id === null && mistakes.length === 0);
  const taken = new Set(matched.flatMap(({ id }) => id ?? []));
  const { into, passedOver, waiting } = await alikeRows(ctx, plan, fresh, taken);
  return {
    matched: matched
      .filter(({ place }) => !passedOver.has(place) && !waiting.has(place))
      .map((row) => {
        const id = into.get(row.place);
        return id === undefined ? row : { ...row, id, isFolded: true, isNewKey: row.key !== null };
      }),
    passedOver: matched.flatMap(({ row, place }): readonly RowOutcome[] => {
      const record = passedOver.get(place);
      return record === undefined ? [] : [{ row, outcome: 'skipped', record, mistakes: [], newKey: null }];
    }),
    waiting: matched.filter(({ place }) => waiting.has(place)),
  };
}

/** The rows that can't be written yet: those that name what may come, and those behind one of the same record that waits. */
async function toPutAside(
  ctx: Ctx,
  plan: ImportPlan,
  rows: readonly RowRead[],
  { isOpened, isQueued }: Waiting,
): Promise<ReadonlySet<RowRead>> {
  const aside = new Set(isOpened ? [] : rows.filter(({ missing }) => missing.length > 0));
  if (!isQueued || ctx.batch === null) return aside;
  const named = rows.map((row) => ({ row, name: nameOf(plan, row.row) }));
  const names = await namesAside(
    ctx,
    ctx.batch,
    named.flatMap(({ name }) => name ?? []),
  );
  for (const { row, name } of named) if (name !== null && names.has(name)) aside.add(row);
  return aside;
}

const waitingFor = (plan: ImportPlan, { row, missing }: RowRead): AsideRow => ({
  row,
  name: nameOf(plan, row),
  missing,
});

/** Of these records those that an earlier row of the same file made or changed. */
async function writtenBefore(ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ctx.batch === null || ids.length === 0) return new Set();
  const { rows } = await sql<{ record: string }>`
    select distinct e.record from ${sql.id(ctx.workspace.schema, 'event')} e
    where e.entity = ${entity.name} and e.record = any(${[...ids]}::uuid[]) and e.batch = ${ctx.batch}
      and e.door = 'import'`.execute(ctx.db);
  return new Set(rows.map(({ record }) => record));
}

async function create(ctx: Ctx, plan: ImportPlan, rows: readonly Matched[]): Promise<readonly RowOutcome[]> {
  if (rows.length === 0) return [];
  const { source } = plan.mapping;
  const drafts = await draftCreations(
    ctx,
    plan.entity,
    rows.map((row) => ({
      ...withCurrency(plan, row, true),
      ...(row.key === null ? {} : { externalKeys: [{ source, key: row.key }] }),
    })),
  );
  await commit(
    ctx,
    plan.entity,
    drafts.filter((draft) => draft.mistakes.length === 0),
  );
  return rows.map((row, index): RowOutcome => {
    const draft = drafts[index] as Draft;
    return draft.mistakes.length > 0
      ? failed(row, placed(row, draft.mistakes))
      : { row: row.row, outcome: 'created', record: draft.id, mistakes: [], newKey: null };
  });
}

async function change(ctx: Ctx, plan: ImportPlan, rows: readonly Matched[]): Promise<readonly RowOutcome[]> {
  if (rows.length === 0) return [];
  const { source } = plan.mapping;
  const drafts = await draftChanges(
    ctx,
    plan.entity,
    rows.map((row) => ({
      id: row.id ?? '',
      values: {
        ...withCurrency(plan, row, false),
        ...(row.isNewKey ? { externalKeys: [{ source, key: row.key }] } : {}),
      },
    })),
  );
  const isChanged = (draft: Draft): boolean =>
    draft.keys.length > 0 || Object.keys(changesOf(plan.entity, draft)).length > 0;
  // Told before the write, which stamps the drafts.
  const changed = new Set(drafts.filter((draft) => draft.mistakes.length === 0 && isChanged(draft)));
  const earlier = await writtenBefore(
    ctx,
    plan.entity,
    drafts.map((draft) => draft.id),
  );
  await commit(ctx, plan.entity, [...changed]);
  return rows.map((row, index): RowOutcome => {
    const draft = drafts[index] as Draft;
    if (draft.mistakes.length > 0) return failed(row, placed(row, draft.mistakes));
    return {
      row: row.row,
      outcome: row.isFolded || earlier.has(draft.id) ? 'merged' : changed.has(draft) ? 'updated' : 'skipped',
      record: draft.id,
      mistakes: [],
      newKey: row.isNewKey ? row.key : null,
    };
  });
}

/** Refuses rows for what is wrong in their cells and for what a new record would lack besides, all at once. */
async function refuse(ctx: Ctx, plan: ImportPlan, rows: readonly Matched[]): Promise<readonly RowOutcome[]> {
  const fresh = rows.filter((row) => row.id === null && Object.keys(row.input).length > 0);
  const inputs = fresh.map((row) => row.input);
  const drafts = fresh.length === 0 ? [] : await draftCreations(ctx, plan.entity, inputs);
  const further = new Map(fresh.map((row, index) => [row, placed(row, drafts[index]?.mistakes ?? [])]));
  return rows.map((row) => {
    const known = new Set(row.mistakes.map((mistake) => rootOf(mistake.field)));
    const others = further.get(row)?.filter((mistake) => !known.has(rootOf(mistake.field))) ?? [];
    return failed(row, [...row.mistakes, ...others]);
  });
}

const rootOf = (field: string): string => field.split('.')[0] ?? '';

/** Amounts without a currency get the mapping's; what is there keeps its own unless the mapping names one. */
function withCurrency(plan: ImportPlan, row: RowRead, isNew: boolean): Record<string, unknown> {
  const currency = plan.mapping.currency ?? (isNew ? plan.env.currency : null);
  if (currency === null || row.withoutCurrency.length === 0) return row.input;
  const money = row.withoutCurrency.map(
    (name) => [name, { ...(row.input[name] as object), currency }] as const,
  );
  return { ...row.input, ...Object.fromEntries(money) };
}

const failed = (row: RowRead, mistakes: readonly RowMistake[]): RowOutcome => ({
  row: row.row,
  outcome: 'failed',
  record: null,
  mistakes,
  newKey: null,
});

/** Mistakes found by the record verbs, each with the column that filled its field. */
const placed = (row: RowRead, mistakes: readonly Mistake[]): readonly RowMistake[] =>
  mistakes.map((mistake) => ({
    ...mistake,
    column: row.columnOf.get(rootOf(mistake.field)) ?? null,
  }));

function tallyOf(plan: ImportPlan, rows: readonly RowRead[]): Record<string, number> {
  const count = (is: (row: RowRead) => boolean): number => rows.filter(is).length;
  return {
    'phones-as-typed': rows.reduce((sum, row) => sum + row.phonesAsTyped, 0),
    'default-currency': count((row) => row.withoutCurrency.length > 0),
    'primary-elsewhere': count((row) => plan.losers.has(row.place)),
  };
}
