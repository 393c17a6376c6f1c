import { message } from '../../lib/message.ts';
import { numberText } from '../../model/number-series.ts';
import { isChanged } from '../../model/rule.ts';
import type { Ctx, NumberSeries } from '../ctx.ts';
import { todayIn } from '../record/codec.ts';
import { changeOf, type Draft } from '../record/draft.ts';
import { numbersGiven } from './counter.ts';

const used = message(
  'number-series-used',
  'Numbers up to {last} are given already, and none is given twice: start above {given}.',
  'Les numéros jusqu’à {last} sont déjà attribués, et aucun ne l’est deux fois : commencez au-delà de {given}.',
  'Los números hasta {last} ya están dados, y ninguno se da dos veces: empiece por encima de {given}.',
);

/** Adds a mistake to each change of a series that would have it start among the numbers it has given. */
export async function checkSeries(ctx: Ctx, drafts: readonly Draft[]): Promise<void> {
  if (ctx.door === 'system') return;
  const day = todayIn(ctx.timeZone, ctx.now);
  for (const draft of drafts) {
    if (draft.mistakes.length > 0 || !isChanged(changeOf(draft), 'start')) continue;
    const series = draft.after as unknown as NumberSeries;
    const start = Number(series.start);
    const given = await numbersGiven(ctx.db, { ctx, series, day });
    if (start > given) continue;
    const last = numberText(series, day, given);
    draft.mistakes.push({ field: 'start', message: used, params: { last, given }, value: start });
  }
}
