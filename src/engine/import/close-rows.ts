import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { attempt } from '../long-work/attempt.ts';
import { draftChanges } from '../record/change.ts';
import { commit } from '../record/commit.ts';
import { type KeptAside, takeBack } from './aside.ts';
import { findNamed } from './find-named.ts';
import type { ImportPlan } from './plan.ts';
import { type RowMistake, readRow } from './read-row.ts';
import { writeLinks } from './write-links.ts';
import type { ChunkDone } from './write-rows.ts';
import { notWritten, ofNoColumn } from './write-safely.ts';

const notFilledIn = message(
  'import-not-filled-in',
  '{label}: “{text}” was to be filled in after its record was made, and that wasn’t possible.',
  '{label} : « {text} » devait être rempli une fois sa fiche créée, ce qui n’a pas été possible.',
  '{label}: «{text}» debía rellenarse una vez creado su registro, y no fue posible.',
);

/** What filling in came to. */
interface Closed extends Pick<ChunkDone, 'told' | 'tally'> {
  /** Rows that wait no more. */
  readonly closed: number;
}

/**
 * Fills in what records lack that were written before what their rows name. What isn't there is left, or told with the
 * row when nothing comes any more.
 */
export async function closeRows(
  ctx: Ctx,
  plan: ImportPlan,
  kept: readonly KeptAside[],
  isLast: boolean,
): Promise<Closed> {
  const recordOf = new Map(kept.map(({ row, record }) => [row.place, record ?? '']));
  const read = kept.map(({ row, missing }) => {
    const whole = readRow(plan, ctx.workspace.baseValues, row);
    const wanted = new Set(missing.map(({ to }) => to));
    return { ...whole, input: {}, namings: whole.namings.filter(({ target }) => wanted.has(target.to)) };
  });
  const links = await findNamed(ctx, plan.mapping.source, read, () => true);
  const ready = read.filter((row) => isLast || row.missing.length === 0);
  const told: ChunkDone['told'][number][] = [];
  for (const row of ready) {
    const said = [
      ...row.mistakes,
      ...row.missing.map((missing) => mistakeOf(plan, missing.to, missing.text)),
    ];
    const found = (links.get(row.place) ?? []).map(({ naming, id }) => ({
      place: row.place,
      from: recordOf.get(row.place) ?? '',
      to: id,
      target: naming.target,
    }));
    const tried = await attempt(ctx, notWritten, async () => {
      if (Object.keys(row.input).length > 0)
        await fillIn(ctx, plan, recordOf.get(row.place) ?? '', row.input);
      await writeLinks(ctx, plan.entity, found);
    });
    const mistakes = [...said, ...('refusal' in tried ? tried.refusal.map(ofNoColumn) : [])];
    if (mistakes.length > 0) told.push({ row: row.row, mistakes });
  }
  if (ready.length > 0 && ctx.batch !== null)
    await takeBack(
      ctx,
      ctx.batch,
      ready.map(({ row }) => row),
    );
  return { closed: ready.length, told, tally: { 'left-open': told.length } };
}

async function fillIn(
  ctx: Ctx,
  plan: ImportPlan,
  id: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const drafts = await draftChanges(ctx, plan.entity, [{ id, values }]);
  const mistakes = drafts.flatMap((draft) => draft.mistakes);
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  await commit(ctx, plan.entity, drafts);
}

function mistakeOf(plan: ImportPlan, to: string, text: string): RowMistake {
  const planned = plan.targets.find(({ target }) => target.to === to);
  const column = planned?.columns[0]?.mapping.column ?? null;
  const params = { label: planned?.target.label ?? to, text: text.slice(0, 60) };
  return { field: to, column, message: notFilledIn, params, value: text };
}
