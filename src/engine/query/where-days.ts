import { type RawBuilder, sql } from 'kysely';
import type { Calculation } from '../../expression/lower.ts';
import type { Shift } from '../../expression/tree.ts';

type Sql = RawBuilder<unknown>;

/** A calculation with dates and moments. */
export function calculatedDaySql(of: Extract<Calculation, { is: 'call' }>, a: Sql, b: Sql): Sql {
  const zone = of.zone ?? 'UTC';
  switch (of.name) {
    case 'shift': {
      if (!of.shift) throw new Error('a move without a duration');
      return of.kind === 'date' ? heldDay(sql`(${a} + ${interval(of.shift)})`) : movedSql(a, of.shift, zone);
    }
    case 'later':
      // Counted from the first day, held, and only then a day again: PostgreSQL has none far before that.
      return once(
        sql`(${a} - date '0001-01-01') + trunc(${b})`,
        (n) => sql`date '0001-01-01' + least(greatest(${n}, 0), date '9999-12-31' - date '0001-01-01')::int`,
      );
    case 'days':
      return of.of[0]?.kind === 'date'
        ? sql`(${a} - ${b})::numeric`
        : sql`round(extract(epoch from ${a} - ${b}) / 86400, 12)`;
    case 'date':
      return heldDay(sql`(${a} at time zone ${zone})`);
    case 'year':
    case 'month':
    case 'day':
    case 'weekday':
    case 'week':
      return sql`extract(${parts[of.name]} from ${a})`;
    default:
      throw new Error(`no calculation is called ${of.name}`);
  }
}

const parts: Readonly<Record<'year' | 'month' | 'day' | 'weekday' | 'week', Sql>> = {
  year: sql`year`,
  month: sql`month`,
  day: sql`day`,
  weekday: sql`isodow`,
  week: sql`week`,
};

/** By days and more on the wall clock of the zone, by hours and minutes on the clock of the world. */
function movedSql(moment: Sql, shift: Shift, zone: string): Sql {
  const byHand = shift.unit === 'hours' || shift.unit === 'minutes';
  const moved: Sql = byHand
    ? sql`${moment} + ${interval(shift)}`
    : sql`((${moment} at time zone ${zone}) + ${interval(shift)}) at time zone ${zone}`;
  return once(
    moved,
    (at) =>
      sql`least(greatest(${at}, timestamptz '0001-01-01T00:00:00Z'), timestamptz '9999-12-31T23:59:59.999Z')`,
  );
}

const heldDay = (day: Sql): Sql =>
  once(day, (at) => sql`least(greatest(${at}::date, date '0001-01-01'), date '9999-12-31')`);

const interval = ({ amount, unit }: Shift): Sql => sql`${`${amount} ${unit}`}::interval`;

/** Names a calculation several times and yet does it once: nesting it would double it each time. Missing stays missing. */
export const once = (value: Sql, use: (value: Sql) => Sql): Sql =>
  sql`(select ${use(sql`o.v`)} from (select ${value} as v offset 0) as o where o.v is not null)`;
