import { sql } from 'kysely';
import { entityOf } from '../../model/declarations.ts';
import type { NextNumber } from '../../model/number-series.ts';
import { numberText, periodOn } from '../../model/number-series.ts';
import { refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { todayIn } from '../record/codec.ts';
import { allSerialPlaces, seriesOf } from './series.ts';

/** Every automatic number with the one that it gives next, at least; for those who keep the series. */
export async function nextNumbers(ctx: Ctx): Promise<readonly NextNumber[]> {
  const { schema, model } = ctx.workspace;
  const kept = entityOf(model, 'number-series');
  refuseReading(ctx, kept);
  const { rows: series } = await sql<{ id: string; code: string }>`
    select id, code from ${sql.id(schema, kept.table)} where removed_at is null`.execute(ctx.db);
  const { rows: counters } = await sql<{ series: string; period: string; given: number }>`
    select series, period, given from ${sql.id(schema, 'number_counter')}`.execute(ctx.db);
  const day = todayIn(ctx.timeZone, ctx.now);
  return allSerialPlaces(model).flatMap((place) => {
    const id = series.find(({ code }) => code === place.series)?.id;
    if (id === undefined) return [];
    const own = seriesOf(ctx, place);
    const period = periodOn(own.restart, day);
    const given = counters.find((each) => each.series === own.code && each.period === period)?.given ?? 0;
    return [
      {
        id,
        entity: place.entity.label.many[ctx.locale],
        field: place.field.label[ctx.locale],
        next: numberText(own, day, Math.max(given + 1, own.start)),
        given,
        restart: own.restart,
        gapFree: own.gapFree,
      },
    ];
  });
}
