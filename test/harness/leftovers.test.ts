import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftovers } from './leftovers.ts';

/** No process has it: ids end at four million. */
const nobody = 99_999_999;

test('runs that clear the same leftovers away at once don’t trip over one another', async () => {
  const folder = await mkdtemp(join(tmpdir(), `rapport-test-${nobody}-`));
  try {
    for (let at = 0; at < 40; at += 1) {
      await mkdir(join(folder, String(at)));
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => writeFile(join(folder, String(at), String(n)), '')),
      );
    }
    const runs = await Promise.allSettled([clearLeftovers(), clearLeftovers(), clearLeftovers()]);
    expect(runs.filter(({ status }) => status === 'rejected')).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
