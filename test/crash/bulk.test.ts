import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPool } from '../../src/engine/workspace/database.ts';
import type { BulkRun } from '../../src/model/bulk.ts';
import { closeGate, type Gate } from '../harness/gate.ts';
import { settled } from '../harness/until.ts';
import { openInstallation } from './installation.ts';

const accounts = 6_000;

test('a bulk run and its undo that kill -9 cuts short go on by themselves, no record left out or treated twice', async () => {
  const product = await openInstallation();
  const { ask } = product;
  try {
    for (let from = 0; from < accounts; from += 500)
      await ask(
        'POST',
        '/accounts',
        Array.from({ length: 500 }, (_, n) => ({ name: `Account ${from + n}`, description: 'before' })),
      );
    /** A record in the middle of them, of which nobody else may write anything. */
    const holdOne = (): Promise<Gate> =>
      closeGate(product.app.databaseUrl, 'select from w_main.account where name = $1 for update', [
        'Account 3000',
      ]);
    const values = { description: 'after' };
    const gate = await holdOne();
    const { id } = await ask<BulkRun>('POST', '/accounts/bulk', { verb: 'update', where: '', values });
    const read = (): Promise<BulkRun> => ask<BulkRun>('GET', `/bulk-runs/${id}`);
    /** Kills the app while it waits for a record in the middle. */
    const killWithin = async (middle: Gate): Promise<void> => {
      await middle.met();
      await product.app.kill();
      await middle.open();
      await product.startAgain();
    };
    await killWithin(gate);
    expect(await settled(read)).toMatchObject({ state: 'done', total: accounts, changed: accounts });
    const backwards = await holdOne();
    await ask('POST', `/bulk-runs/${id}/undo`);
    await killWithin(backwards);
    expect(await settled(read)).toMatchObject({
      state: 'undone',
      undo: { done: accounts, of: accounts, refused: 0 },
    });
    const pool = openPool(product.app.databaseUrl);
    try {
      const { rows } = await sql<{ verb: string; times: number; records: number }>`
        select verb, times, count(*)::int as records from (
          select record, verb, count(*)::int as times from w_main.event where entity = 'account' group by record, verb) e
        group by verb, times order by verb`.execute(pool.db);
      expect(rows).toEqual([
        { verb: 'create', times: 1, records: accounts },
        { verb: 'update', times: 2, records: accounts },
      ]);
      const batches = await sql<{ n: number }>`
        select count(distinct batch)::int as n from w_main.event where entity = 'account' and door = 'undo'`.execute(
        pool.db,
      );
      expect(batches.rows).toEqual([{ n: 1 }]);
    } finally {
      await pool.close();
    }
    const left = await ask<{ total: number }>('GET', '/accounts?limit=1&where=description%3D%22before%22');
    expect(left.total).toBe(accounts);
  } finally {
    await product.close();
  }
}, 900_000);
