import { boundsOf, clockAt } from '../../expression/moments.ts';
import { parseDateText } from '../../lib/date-text.ts';
import { parseInstant } from '../../lib/instant-text.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';

const unknown = message(
  'at-unknown',
  '“{value}” isn’t a moment: write it like 2026-03-03T14:02:00Z, or 2026-03-03 for the end of that day.',
  '« {value} » n’est pas un moment : écrivez-le comme 2026-03-03T14:02:00Z, ou 2026-03-03 pour la fin de ce jour.',
  '«{value}» no es un momento: escríbalo como 2026-03-03T14:02:00Z, o 2026-03-03 para el final de ese día.',
);
const future = message(
  'at-future',
  '{value} is still to come: nothing is known of it yet.',
  '{value} est à venir : on n’en sait encore rien.',
  '{value} aún no ha llegado: todavía no se sabe nada.',
);

/** The past moment that `at` names, in UTC; a day is its end where the reader is, today is now. Refuses what isn't past. */
export function pastMoment(ctx: Ctx, at: string): string {
  const refused = (said: typeof unknown): Problem =>
    new Problem('invalid', {
      mistakes: [{ field: 'at', message: said, params: { value: at.slice(0, 60) }, value: at }],
    });
  const day = /^\d{4}-\d\d-\d\d$/.test(at) ? parseDateText(at, 'ymd') : null;
  if (day !== null) {
    const { start, end } = boundsOf(day, clockAt(ctx.now, ctx.timeZone));
    if (Date.parse(start) > ctx.now.getTime()) throw refused(future);
    return new Date(Math.min(Date.parse(end) - 1, ctx.now.getTime())).toISOString();
  }
  const moment = parseInstant(at);
  if (moment === null) throw refused(unknown);
  if (Date.parse(moment) > ctx.now.getTime()) throw refused(future);
  return moment;
}
