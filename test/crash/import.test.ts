import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ImportDraft } from '../../src/model/import.ts';
import { startRealApp } from './real-app.ts';
import { signIn } from './signed-in.ts';

const rows = 6_000;

test('an import that kill -9 cuts short goes on by itself at the next start, with no row lost or double', {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), `rapport-test-${process.pid}-`));
  await chmod(folder, 0o755);
  let app = await startRealApp(folder);
  try {
    let ask = await signIn(app);
    const lines = Array.from({ length: rows }, (_, row) => `k${row},Row ${row},Beekeeping`);
    const form = new FormData();
    form.set('entity', 'account');
    form.set('file', new Blob([['ID,Name,Industry', ...lines].join('\n')]), 'crash-accounts.csv');
    const { id } = await ask<ImportDraft>('POST', '/imports', form);
    await ask('POST', `/imports/${id}/run`);
    const read = (): Promise<ImportDraft> => ask<ImportDraft>('GET', `/imports/${id}`);
    const positions: number[] = [];
    for (const kill of [500, 2500]) {
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
      position: rows,
      created: rows,
      updated: 0,
      skipped: 0,
      failed: 0,
    });
    // The kills came while it worked, or this proved nothing.
    expect(Math.min(...positions)).toBeLessThan(rows);
    expect(await ask('GET', '/accounts?limit=1')).toMatchObject({ total: rows });
    expect(await ask('GET', `/imports/${id}/rows?limit=1`)).toMatchObject({ total: rows });
    expect(await ask('GET', '/base-values?where=code%3D%22beekeeping%22')).toMatchObject({ total: 1 });
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
