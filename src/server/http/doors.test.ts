import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { openLog } from '../log.ts';
import { buildApp } from './build-app.ts';

let doors: TestDoors;
let webFolder: string;
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'rapport-web-'));
  await mkdir(join(webFolder, 'assets'));
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>Rapport</title>');
  await writeFile(join(webFolder, 'assets/main-a1b2c3.js'), 'export {};');
  await writeFile(join(webFolder, 'icon.svg'), '<svg/>');
  doors = await testDoors({ webFolder });
});
afterAll(async () => {
  await doors.close();
  await rm(webFolder, { recursive: true });
});

describe('pages', () => {
  test('an unknown page, workspace or file is refused: as a page to browsers, as a problem to programs', async () => {
    const html = { accept: 'text/html,application/xhtml+xml' };
    expect(await doors.call('GET', '/nowhere', undefined, html)).toMatchObject({
      status: 404,
      text: expect.stringContaining('<!doctype html>') as string,
    });
    expect(await doors.call('GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 'no-page' } });
    expect((await doors.call('GET', '/w/other/', undefined, html)).status).toBe(404);
    expect((await doors.call('GET', '/static/nothing.js')).status).toBe(404);
    expect((await doors.call('GET', '/static/../package.json')).status).toBe(404);
    expect((await doors.call('GET', '/static/%2e%2e/%2e%2e/package.json')).status).toBeGreaterThanOrEqual(
      400,
    );
    expect(await doors.call('GET', '/w/main/api/nowhere', undefined, html)).toMatchObject({
      status: 404,
      body: { code: 'no-page' },
    });
    expect((await doors.call('POST', '/w/main/accounts', {})).status).toBe(404);
  });

  test('a page that refuses speaks the reader’s language, says so, and leads on', async () => {
    const html = { accept: 'text/html', 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.5' };
    const { text } = await doors.call('GET', '/w/other/<script>', undefined, html);
    expect(text).toContain('<html lang="fr">');
    expect(text).toContain('Il n’y a pas de telle page ici.');
    expect(text).toContain('<a href="/">Aller à la page d’accueil</a>');
    const spanish = await doors.call('GET', '/nowhere', undefined, { ...html, 'accept-language': 'es' });
    expect(spanish.text).toContain('<html lang="es">');
    expect(spanish.text).toContain('Aquí no existe esa página.');
  });

  test('the app’s page answers at every address of a workspace and is asked for anew', async () => {
    expect((await doors.call('GET', '/')).headers.location).toBe('/w/main/');
    expect((await doors.call('GET', '/w/main')).headers.location).toBe('/w/main/');
    for (const path of ['/w/main/', '/w/main/sign-in', '/w/main/accounts/01934f2a', '/w/main/setup']) {
      const answer = await doors.call('GET', path);
      expect(answer).toMatchObject({
        status: 200,
        text: expect.stringContaining('<title>Rapport') as string,
      });
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      });
    }
  });

  test('files whose names carry their hash stay in the browser, others are asked for anew', async () => {
    expect((await doors.call('GET', '/static/assets/main-a1b2c3.js')).headers['cache-control']).toContain(
      'immutable',
    );
    expect((await doors.call('GET', '/static/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('no page runs a foreign or inline script, and none is framed', async () => {
    for (const path of ['/w/main/', '/api/docs', '/healthz']) {
      const policy = String((await doors.call('GET', path)).headers['content-security-policy']);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    }
    expect((await doors.call('GET', '/w/main/')).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('nothing in an answer of the API runs or is framed, whatever a browser takes it for', async () => {
    for (const path of [
      '/api/v1/accounts',
      '/w/main/api/v1/accounts',
      '/w/nowhere/api/v1/x',
      '/api/v1/none',
    ]) {
      expect((await doors.call('GET', path)).headers).toMatchObject({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });
});

describe('the API’s document and its page', () => {
  test('the document needs somebody recognised, at both doors', async () => {
    expect((await doors.call('GET', '/api/v1/openapi.json')).status).toBe(401);
    expect((await doors.call('GET', '/w/main/api/v1/openapi.json')).status).toBe(401);
    expect((await doors.admin.program('GET', '/openapi.json')).body).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: '/api/v1' }],
    });
    expect((await doors.admin.browser('GET', '/openapi.json')).body.servers).toEqual([
      { url: '/w/main/api/v1' },
    ]);
  });

  test('the page is one of ours alone, in the reader’s language', async () => {
    const answer = await doors.call('GET', '/api/docs', undefined, { 'accept-language': 'es' });
    expect(answer.text).toContain('<html lang="es">');
    const loaded = [...answer.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(loaded).toHaveLength(2);
    for (const url of loaded) expect((await doors.call('GET', url)).status).toBe(200);
    expect((await doors.call('GET', '/w/main/api/docs')).status).toBe(200);
    expect((await doors.call('GET', '/w/other/api/docs')).status).toBe(404);
  });
});

describe('health', () => {
  test('is told of the process and of the database apart', async () => {
    expect(await doors.call('GET', '/healthz')).toMatchObject({ status: 200 });
    expect(await doors.call('GET', '/readyz')).toMatchObject({ status: 200 });
    expect(await doors.call('POST', '/healthz', {})).toMatchObject({ status: 405 });
  });

  test('a database half migrated or out of reach is 503, and says when to try again', async () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    for (const isReady of [async () => false, async () => Promise.reject(lost)]) {
      const app = await buildApp({ ...doors.services, isReady }, await openLog('silent'));
      const answer = await app.inject({ url: '/readyz' });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBeTruthy();
      expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
      await app.close();
    }
  });
});

describe('too many requests', () => {
  // All of them come within the minute that is counted, however busy the machine is.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('of one caller are refused with 429 and don’t concern another', async () => {
    const app = await buildApp({ ...doors.services, requestsPerMinute: 5 }, await openLog('silent'));
    const ask = (key: string) =>
      app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${key}` } });
    const other = await doors.user('Patient');
    const statuses: number[] = [];
    for (let request = 0; request < 7; request += 1) statuses.push((await ask(doors.admin.key)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await ask(doors.admin.key);
    expect(refused.json()).toMatchObject({ code: 'rate-limit', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(other.key)).statusCode).toBe(200);
    await app.close();
  });

  test('keys that nobody has are not looked up without end', async () => {
    const app = await buildApp(doors.services, await openLog('silent'));
    const guess = () =>
      app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer rpt_main_${'x'.repeat(43)}` } });
    const statuses = new Set<number>();
    for (let request = 0; request < 130; request += 1) statuses.add((await guess()).statusCode);
    expect(statuses).toEqual(new Set([401, 429]));
    await app.close();
  });
});
