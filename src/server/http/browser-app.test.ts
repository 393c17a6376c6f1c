import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';

const script = 'console.log("the app");\n'.repeat(100);
const path = '/static/assets/app-1a2b.js';

describe('the files of the browser app', () => {
  let webFolder: string;
  let doors: TestDoors;

  beforeAll(async () => {
    webFolder = await mkdtemp(join(tmpdir(), 'rapport-web-'));
    const file = join(webFolder, 'assets/app-1a2b.js');
    await mkdir(join(webFolder, 'assets'));
    await writeFile(file, script);
    await writeFile(`${file}.br`, brotliCompressSync(script));
    await writeFile(`${file}.gz`, gzipSync(script));
    await writeFile(join(webFolder, 'scheme.js'), 'small');
    doors = await testDoors({ webFolder });
  });

  afterAll(async () => {
    await doors.close();
    await rm(webFolder, { recursive: true, force: true });
  });

  const ask = (url: string, encodings?: string) =>
    doors.app.inject({ url, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } });

  it('come as they are to whoever can’t unpack them, or where packing wasn’t worth it', async () => {
    const plain = await ask(path);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.payload).toBe(script);
    const small = await ask('/static/scheme.js', 'br, gzip');
    expect(small.headers['content-encoding']).toBeUndefined();
    expect(small.payload).toBe('small');
  });

  it('come compressed as the browser prefers, and caches are told that it depends on that', async () => {
    const brotli = await ask(path, 'gzip, deflate, br');
    expect(brotli.statusCode).toBe(200);
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(brotli.headers['content-type']).toContain('javascript');
    expect(String(brotli.headers['vary']).toLowerCase()).toContain('accept-encoding');
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(script);
    const gzip = await ask(path, 'gzip');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(script);
  });
});
