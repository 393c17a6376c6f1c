import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BackupRefused } from '../backup/refused.ts';
import { openZip } from '../export/zip.ts';
import { openArchive } from './read-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const manifest = {
  format: 'rapport-archive',
  layout: 1,
  productVersion: '1.0.0',
  workspace: 'main',
  moment: '2026-11-22T12:00:00.000Z',
  withSecrets: false,
  months: [],
  entities: [],
  tables: [],
  files: [],
};

/** An archive with nothing but this file in it. */
async function archiveWith(name: string, content: readonly Buffer[]): Promise<string> {
  const path = join(folder, `${name.replaceAll('/', '-')}.zip`);
  const zip = openZip();
  const bytes: Buffer[] = [];
  for (const [file, pieces] of [
    [name, content],
    ['manifest.json', [Buffer.from(JSON.stringify(manifest))]],
  ] as const)
    for await (const chunk of zip.add(file, pieces)) bytes.push(chunk);
  writeFileSync(path, Buffer.concat([...bytes, zip.end()]));
  return path;
}

test.each([
  ['in the middle', 'ff', Buffer.from([0x22, 0xff, 0x22, 0x0a, 0x7b, 0x7d, 0x0a])],
  ['at its end', 'c3', Buffer.from([0x7b, 0x7d, 0x0a, 0xc3])],
])('a file that is no text %s is refused as damaged', async (_where, name, content) => {
  const { lines } = await openArchive(await archiveWith(`records/${name}.jsonl`, [content]));
  const read = async (): Promise<number> => {
    let count = 0;
    for await (const batch of lines(`records/${name}.jsonl`)) count += batch.length;
    return count;
  };
  await expect(read()).rejects.toThrow(BackupRefused);
});

test('a file that packs to next to nothing is read back: somebody imported it as it is', async () => {
  const piece = Buffer.alloc(1024 * 1024, ',');
  const path = await archiveWith('files/wide.csv', Array<Buffer>(70).fill(piece));
  const archive = await openArchive(path);
  let size = 0;
  for await (const chunk of archive.bytes('files/wide.csv')) size += chunk.length;
  expect(size).toBe(70 * piece.length);
});
