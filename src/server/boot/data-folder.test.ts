import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { postgresFolder } from './data-folder.ts';

const log = pino({ level: 'silent' });
const folderFor = (dataDir: string) => postgresFolder(readConfig({ RAPPORT_DATA: dataDir }), log);

let base: string;
let dataDir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'rapport-data-'));
  await chmod(base, 0o755);
  dataDir = join(base, 'data');
});

afterEach(() => rm(base, { recursive: true, force: true }));

async function noteIn(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'postgres-is-elsewhere.json'),
    JSON.stringify({ postgres: '/elsewhere/postgres', for: dataDir }),
  );
}

describe('the folder of the database', () => {
  test('refuses a data folder that can’t be made', async () => {
    await writeFile(dataDir, 'a file');
    await expect(folderFor(join(dataDir, 'below'))).rejects.toThrow(/can't be made .* RAPPORT_DATA/);
  });

  test('is in the data folder, which is made', async () => {
    expect(await folderFor(dataDir)).toBe(join(dataDir, 'postgres'));
  });

  test('is where the note says, also after the data folder moved', async () => {
    await noteIn(dataDir);
    expect(await folderFor(dataDir)).toBe('/elsewhere/postgres');
    const moved = join(base, 'moved');
    await rename(dataDir, moved);
    expect(await folderFor(moved)).toBe('/elsewhere/postgres');
    expect(await readFile(join(moved, 'postgres-is-elsewhere.json'), 'utf8')).toContain(moved);
  });

  test('is not shared by a copy of the data folder', async () => {
    await noteIn(dataDir);
    const copy = join(base, 'copy');
    await noteIn(copy);
    expect(await folderFor(copy)).toBe(join(copy, 'postgres'));
    expect(await folderFor(dataDir)).toBe('/elsewhere/postgres');
  });
});
