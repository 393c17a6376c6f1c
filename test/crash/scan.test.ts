import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import { openPool } from '../../src/engine/workspace/database.ts';
import type { DuplicatePairs, DuplicateScan } from '../../src/model/duplicate.ts';
import { startRealApp } from './real-app.ts';
import { type Ask, signIn } from './signed-in.ts';

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
  const folder = await mkdtemp(join(tmpdir(), `rapport-test-${process.pid}-`));
  await chmod(folder, 0o755);
  let app = await startRealApp(folder);
  try {
    let ask: Ask = await signIn(app);
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
    await ask('POST', '/contacts/duplicates/scan', {});
    while ((await read()).done < 600) await sleep(5);
    await app.kill();
    // The kill came while it worked, or this proved nothing.
    const [cut] = await rowsOf(app.databaseUrl, sql`select state, done from w_main.duplicate_scan`);
    expect(cut).toMatchObject({ state: 'scanning' });
    expect(Number(cut?.['done'])).toBeLessThan(contacts);
    app = await startRealApp(folder);
    ask = await signIn(app);
    while ((await read()).state === 'scanning') await sleep(50);
    expect(await read()).toMatchObject({ state: 'done', done: contacts, total: contacts, stopped: null });
    const found = sql`
      select count(*)::int as pairs, count(distinct a)::int as ones, count(distinct b)::int as others
      from w_main.duplicate_pair where entity = 'contact' and state = 'open'`;
    const half = contacts / 2;
    expect(await rowsOf(app.databaseUrl, found)).toEqual([{ pairs: half, ones: half, others: half }]);
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
