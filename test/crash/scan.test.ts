import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPool } from '../../src/engine/workspace/database.ts';
import type { DuplicatePairs, DuplicateScan } from '../../src/model/duplicate.ts';
import { closeGate } from '../harness/gate.ts';
import { until } from '../harness/until.ts';
import { openInstallation } from './installation.ts';

const contacts = 4_000;

async function rowsOf(
  url: string,
  statement: RawBuilder<unknown>,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { db, close } = openPool(url);
  try {
    return (await statement.execute(db)).rows as readonly Readonly<Record<string, unknown>>[];
  } finally {
    await close();
  }
}

test('a search for duplicates that kill -9 cuts short goes on by itself, and tells every pair once', async () => {
  const product = await openInstallation();
  const { ask } = product;
  try {
    // The first half and the second are the same people, so that every pair spans the place where it is killed.
    for (let from = 0; from < contacts; from += 500)
      await ask(
        'POST',
        '/contacts',
        Array.from({ length: 500 }, (_, n) => {
          const person = (from + n) % (contacts / 2);
          return { name: { last: `Person${person}` }, email: `person${person}@pairs.example` };
        }),
      );
    const read = async (): Promise<DuplicateScan> =>
      (await ask<DuplicatePairs>('GET', '/contacts/duplicates?limit=1')).scan as DuplicateScan;
    // A pair that it comes to after a while, and can't write as long as nobody knows whether it is there.
    const gate = await closeGate(
      product.app.databaseUrl,
      `insert into w_main.duplicate_pair (entity, a, b, score, points, state, at)
       select 'contact', min(id::text)::uuid, max(id::text)::uuid, 1, '{}', 'open', now()
       from w_main.contact where email = $1`,
      ['person700@pairs.example'],
    );
    await ask('POST', '/contacts/duplicates/scan', {});
    await gate.met();
    await product.app.kill();
    await gate.open();
    const [cut] = await rowsOf(product.app.databaseUrl, sql`select state, done from w_main.duplicate_scan`);
    expect(cut).toEqual({ state: 'scanning', done: 600 });
    await product.startAgain();
    const end = await until(read, ({ state }) => state !== 'scanning');
    expect(end).toMatchObject({ state: 'done', done: contacts, total: contacts, stopped: null });
    const found = sql`
      select count(*)::int as pairs, count(distinct a)::int as ones, count(distinct b)::int as others
      from w_main.duplicate_pair where entity = 'contact' and state = 'open'`;
    const half = contacts / 2;
    expect(await rowsOf(product.app.databaseUrl, found)).toEqual([{ pairs: half, ones: half, others: half }]);
  } finally {
    await product.close();
  }
}, 900_000);
