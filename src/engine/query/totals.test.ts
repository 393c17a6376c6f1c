import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import { company, openReading, person, type Reading } from './reading.fixture.ts';
import { totals } from './totals.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await openReading();
  const money = (amount: string, currency: string): unknown => ({ amount, currency });
  await reading.put(person, [
    { stage: 'won', value: money('10.10', 'EUR'), score: 1 },
    { stage: 'won', value: money('0.2', 'EUR'), score: 2 },
    { stage: 'won', value: money('5', 'USD') },
    { stage: 'new', value: null, score: 4 },
    { stage: null, value: money('900719925474099.01', 'EUR') },
    { stage: 'new', removedAt: '2026-02-01T00:00:00.000Z', score: 100 },
  ]);
});
afterAll(() => reading.close());

const refusal = async (work: () => Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work().then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return (thrown as Problem).message;
};

describe('totals', () => {
  it('refuse to sum or group by what can’t be', async () => {
    expect(await refusal(() => totals(reading.ctx, person, { sums: ['name'] }))).toContain('summed');
    expect(await refusal(() => totals(reading.ctx, person, { sums: ['version'] }))).toContain('summed');
    expect(await refusal(() => totals(reading.ctx, person, { by: 'teams' }))).toContain('grouped');
    expect(await refusal(() => totals(reading.ctx, person, { by: 'stag' }))).toContain('“stage”');
    expect(await refusal(() => totals(reading.ctx, person, { where: 'stag = 1' }))).not.toBe('');
  });

  it('count and sum each group in its list’s order, money by currency, without rounding', async () => {
    const { groups, complete } = await totals(reading.ctx, person, { by: 'stage', sums: ['value', 'score'] });
    expect(complete).toBe(true);
    expect(groups).toEqual([
      { key: 'new', label: 'NEW', count: 1, sums: { value: [], score: [{ currency: null, sum: '4' }] } },
      {
        key: 'won',
        label: 'WON',
        count: 3,
        sums: {
          value: [
            { currency: 'EUR', sum: '10.30' },
            { currency: 'USD', sum: '5.00' },
          ],
          score: [{ currency: null, sum: '3' }],
        },
      },
      {
        key: null,
        label: null,
        count: 1,
        sums: { value: [{ currency: 'EUR', sum: '900719925474099.01' }], score: [] },
      },
    ]);
  });

  it('are one group without `by`, and none when nothing matches', async () => {
    const { groups } = await totals(reading.ctx, person, { where: 'score >= 1', sums: ['score'] });
    expect(groups).toEqual([
      { key: null, label: null, count: 3, sums: { score: [{ currency: null, sum: '7' }] } },
    ]);
    expect(await totals(reading.ctx, person, { where: 'score = 77' })).toEqual({
      groups: [],
      complete: true,
    });
  });

  it('say so rather than tell half a truth beyond 10,000 records, unless asked exactly', async () => {
    const owner = newId();
    await reading.put(
      company,
      Array.from({ length: 10_001 }, (_, index) => ({ owner, name: `Firm ${index}`, size: 1 })),
    );
    const ctx = reading.as({ userId: owner });
    expect(await totals(ctx, company, { sums: ['size'] })).toEqual({ groups: [], complete: false });
    expect(await totals(ctx, company, { sums: ['size'], exact: true })).toEqual({
      groups: [{ key: null, label: null, count: 10_001, sums: { size: [{ currency: null, sum: '10001' }] } }],
      complete: true,
    });
  });

  it('asked again follow what changed: the records, who asks, what for', async () => {
    const own = { where: 'name.last = "Again"', sums: ['score'] } as const;
    const ana = reading.as({ roles: ['sales'] });
    const count = async (ctx = ana, o: object = own): Promise<number> =>
      (await totals(ctx, person, o)).groups[0]?.count ?? 0;
    expect(await count()).toBe(0);
    const mine = { name: { first: null, last: 'Again' }, owner: ana.who.userId };
    await reading.put(person, [{ ...mine, score: 5 }]);
    expect(await count()).toBe(1);
    await reading.put(person, [{ ...mine, score: 6 }]);
    expect(await count()).toBe(2);
    expect(await count(reading.as({ roles: ['sales'] }))).toBe(0);
    expect(await count(ana, { ...own, where: 'name.last = "Again" and score = 6' })).toBe(1);
  });
});
