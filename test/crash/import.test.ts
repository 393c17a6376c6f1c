import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ImportSet } from '../../src/model/import.ts';
import { startRealApp } from './real-app.ts';
import { signIn } from './signed-in.ts';

const rows = 6_000;

test('an import that kill -9 cuts short goes on by itself at the next start, with no row lost or double', async () => {
  const folder = await mkdtemp(join(tmpdir(), `rapport-test-${process.pid}-`));
  await chmod(folder, 0o755);
  let app = await startRealApp(folder);
  try {
    let ask = await signIn(app);
    // The second half waits for the last row, which is in a ring with the first of them; people are given before firms.
    const parentOf = (row: number): string =>
      row < rows / 2 ? '' : row === rows - 1 ? `k${rows / 2}` : `k${rows - 1}`;
    const lines = Array.from({ length: rows }, (_, row) => `k${row},Row ${row},Beekeeping,${parentOf(row)}`);
    const form = new FormData();
    for (const entity of ['contact', 'account']) form.append('entity', entity);
    form.append('file', new Blob([`ID,Last Name,Account ID\np1,Ruiz,k${rows - 2}`]), 'crash-contacts.csv');
    form.append(
      'file',
      new Blob([['ID,Name,Industry,Parent ID', ...lines].join('\n')]),
      'crash-accounts.csv',
    );
    const { id } = await ask<ImportSet>('POST', '/import-sets', form);
    await ask('POST', `/import-sets/${id}/run`);
    const read = (): Promise<ImportSet> => ask<ImportSet>('GET', `/import-sets/${id}`);
    const positions: number[] = [];
    // The last kill comes while rows that waited are written.
    for (const kill of [500, 2000, 3100]) {
      while ((await read()).position < kill) await sleep(5);
      await app.kill();
      app = await startRealApp(folder);
      ask = await signIn(app);
      positions.push((await read()).position);
    }
    let state = await read();
    for (const begun = Date.now(); state.isBusy && Date.now() - begun < 60_000; state = await read())
      await sleep(50);
    expect(state).toMatchObject({
      state: 'done',
      position: rows + 1,
      created: rows + 1,
      updated: 0,
      merged: 0,
      skipped: 0,
      failed: 0,
    });
    // The kills came while it worked, or this proved nothing.
    expect(Math.min(...positions)).toBeLessThan(rows);
    expect(await ask('GET', '/accounts?limit=1')).toMatchObject({ total: rows });
    expect(await ask('GET', '/accounts?limit=1&where=parent%20is%20not%20empty')).toMatchObject({
      total: rows / 2,
    });
    expect(await ask('GET', '/contacts?limit=1&where=account%20is%20not%20empty')).toMatchObject({
      total: 1,
    });
    const accounts = state.files.find(({ entity }) => entity === 'account')?.id ?? '';
    expect(await ask('GET', `/imports/${accounts}/rows?limit=1`)).toMatchObject({ total: rows });
    expect(await ask('GET', '/base-values?where=code%3D%22beekeeping%22')).toMatchObject({ total: 1 });
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
