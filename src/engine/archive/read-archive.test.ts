import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openZip } from '../export/zip.ts';
import { openArchive } from './read-archive.ts';

test('a file that packs to next to nothing is read back: somebody imported it as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-archive-'));
  try {
    const path = join(folder, 'archive.zip');
    const piece = Buffer.alloc(1024 * 1024, ',');
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
    const zip = openZip();
    const bytes: Buffer[] = [];
    const put = async (name: string, content: readonly Buffer[]): Promise<void> => {
      for await (const chunk of zip.add(name, content)) bytes.push(chunk);
    };
    await put('files/wide.csv', Array<Buffer>(70).fill(piece));
    await put('manifest.json', [Buffer.from(JSON.stringify(manifest))]);
    writeFileSync(path, Buffer.concat([...bytes, zip.end()]));
    const archive = await openArchive(path);
    let size = 0;
    for await (const chunk of archive.bytes('files/wide.csv')) size += chunk.length;
    expect(size).toBe(70 * piece.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
