import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { numberRegex, numberText } from '../../model/number-series.ts';
import { isChanged } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { todayIn } from '../record/codec.ts';
import { changeOf, type Draft } from '../record/draft.ts';
import { takeQuickly } from './blocks.ts';
import { type Counting, highestUsed, isCountedWithin, raiseCounter, takeNumbers } from './counter.ts';
import { type SerialPlace, serialPlaces, seriesOf } from './series.ts';

const taken = message(
  'number-taken',
  '{label}: {number} belongs to another record already. The series goes on above it; send this again.',
  '{label} : {number} appartient déjà à une autre fiche. La série continue au-delà ; renvoyez la demande.',
  '{label}: {number} ya pertenece a otro registro. La serie continúa por encima; envíe de nuevo la petición.',
);

/** A given number turned out to be in use; the write may be made again once `moveOn` has been called. */
export class NumberTaken extends Problem {
  readonly place: SerialPlace;

  constructor(place: SerialPlace, number: string) {
    const params = { label: place.field.label, number };
    super('invalid', { mistakes: [{ field: place.field.name, message: taken, params }] });
    this.place = place;
  }
}

/**
 * Gives new records their numbers, last of all before they are written, so that a refused one takes none; what an
 * import brought along moves its series on. In series order, so that two writes don't wait for each other.
 */
export async function giveNumbers(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  // What is rolled back in the end would leave a gap as long as itself.
  if (ctx.isTrial) return;
  for (const place of serialPlaces(entity)) {
    const { name } = place.field;
    const counting = countingOf(ctx, place);
    const brought = drafts.filter(
      (draft) => draft.after[name] != null && draft.verb !== 'remove' && isChanged(changeOf(draft), name),
    );
    if (brought.length > 0 && ctx.door !== 'undo')
      await goAbove(
        counting,
        brought.map((draft) => String(draft.after[name])),
      );
    const bare = drafts.filter((draft) => draft.verb === 'create' && draft.after[name] == null);
    if (bare.length === 0) continue;
    const counts = await take(counting, bare.length);
    for (const [at, draft] of bare.entries())
      draft.after[name] = numberText(counting.series, counting.day, counts[at] ?? 0);
  }
}

/** The numbers of a place as they are counted today. */
const countingOf = (ctx: Ctx, place: SerialPlace): Counting => ({
  ctx,
  place,
  series: seriesOf(ctx, place),
  day: todayIn(ctx.timeZone, ctx.now),
});

async function take(counting: Counting, count: number): Promise<readonly number[]> {
  if (!isCountedWithin(counting)) return takeQuickly(counting, count);
  const last = await takeNumbers(counting, count, true);
  return Array.from({ length: count }, (_, at) => last - count + 1 + at);
}

/** Moves the series on above numbers that are its own. */
async function goAbove(counting: Counting, numbers: readonly string[]): Promise<void> {
  const own = new RegExp(numberRegex(counting.series, counting.day), 'u');
  const highest = numbers.reduce((most, text) => Math.max(most, Number(own.exec(text)?.[1] ?? 0)), 0);
  if (highest === 0) return;
  await raiseCounter(counting, highest, isCountedWithin(counting));
}

/** After a number turned out to be in use: the series goes on above the highest one that any record holds. */
export async function moveOn(ctx: Ctx, { place }: NumberTaken): Promise<void> {
  const counting = countingOf(ctx, place);
  await raiseCounter(counting, await highestUsed(ctx.db, counting), false);
}
