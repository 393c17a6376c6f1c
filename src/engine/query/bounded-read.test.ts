import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../lib/problem.ts';
import { boundedRead } from './bounded-read.ts';
import { openReading, type Reading } from './reading.fixture.ts';

let reading: Reading;

beforeAll(async () => {
  reading = await openReading();
});
afterAll(() => reading.close());

const nap = 'select pg_sleep($1::int)';

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw error;
  return `${error.code}: ${error.detail.message?.code}`;
};

const napping = async (): Promise<number> => {
  const [row] = await boundedRead<{ n: number }>(
    reading.ctx,
    60,
    `select count(*)::int as n from pg_stat_activity
      where state = 'active' and query like '%select pg_sleep%' and pid <> pg_backend_pid()`,
    [],
  );
  return row?.n ?? -1;
};

describe('a bounded read', () => {
  test('ends at its time with a way out', async () => {
    expect(await refusal(boundedRead(reading.ctx, 0.05, nap, [600]))).toBe('invalid: too-slow');
    expect(await napping()).toBe(0);
  });

  test('ends at its time though every connection waits for such reads', async () => {
    const all = Array.from({ length: 15 }, () => refusal(boundedRead(reading.ctx, 0.2, nap, [600])));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['invalid: too-slow']));
    expect(await napping()).toBe(0);
  });

  test('ends when its asker goes, and isn’t begun for one who has gone', async () => {
    const asker = new AbortController();
    const asked = refusal(boundedRead({ ...reading.ctx, signal: asker.signal }, 600, nap, [600]));
    await expect.poll(napping).toBe(1);
    asker.abort();
    expect(await asked).toBe('too-many: asker-gone');
    expect(await napping()).toBe(0);
    const gone = { ...reading.ctx, signal: AbortSignal.abort() };
    const sent = await reading.statements(() => refusal(boundedRead(gone, 1, nap, [600])));
    expect(sent).toEqual([]);
  });

  test('is one statement, whose answer and refusals are the database’s own', async () => {
    const sent = await reading.statements(() => boundedRead(reading.ctx, 5, 'select $1::int as n', [7]));
    expect(sent).toHaveLength(1);
    await expect(boundedRead(reading.ctx, 5, 'select 1/$1::int', [0])).rejects.toThrow('division by zero');
    await reading.ctx.db.transaction().execute(async (db) => {
      expect(await boundedRead({ ...reading.ctx, db }, 5, 'select $1::int as n', [7])).toEqual([{ n: 7 }]);
    });
  });
});
