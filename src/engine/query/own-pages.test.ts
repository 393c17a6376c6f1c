import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { planList, Slot } from './list-plan.ts';
import { openReading, person, type Reading } from './reading.fixture.ts';

let reading: Reading;
const mine = newId();
beforeAll(async () => {
  reading = await openReading();
  // Every twentieth of 20,000 people is mine.
  await sql`insert into w_main.person (id, version, created_at, updated_at, score, owner_id)
    select gen_random_uuid(), 1, now(), now(), n, case when n % 20 = 0 then ${mine}::uuid else gen_random_uuid() end
    from generate_series(1, 20000) n`.execute(reading.ctx.db);
  await sql`vacuum analyze w_main.person`.execute(reading.ctx.db);
});
afterAll(() => reading.close());

interface Planned {
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

/** How many pages of 8 KB the database touches for a page of people in an order. */
async function touched(ctx: Ctx, sort: string, nulls: readonly boolean[] | null): Promise<number> {
  const asked = { where: undefined, sort, fields: ['name'], removed: false, count: 'none', nulls } as const;
  const { text, parameters } = planList(ctx, person, asked);
  const values = parameters.map((value) => {
    if (!(value instanceof Slot)) return value;
    if (value.holds === 'id') return mine;
    return value.holds === 'limit' ? 50 : 10_000;
  });
  const { rows } = await ctx.db.executeQuery<{ 'QUERY PLAN': readonly Planned[] }>(
    CompiledQuery.raw(`explain (analyze, buffers, timing off, format json) ${text}`, values),
  );
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
}

it('a page of one’s own touches at most twice the pages of one of everybody’s, first and further ones', async () => {
  const owner = reading.as({ userId: mine, teams: [] });
  for (const sort of ['score', '-score', '-createdAt'])
    for (const nulls of [null, [false]]) {
      // A key of a time is none of a number.
      if (nulls && sort === '-createdAt') continue;
      const all = await touched(reading.ctx, sort, nulls);
      expect(await touched(owner, sort, nulls), sort).toBeLessThanOrEqual(2 * all);
    }
});
