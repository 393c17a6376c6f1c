import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorOfApp, killPostgres, type RealApp, startRealApp } from './real-app.ts';

/** Asks as a signed-in browser does; a refusal is thrown. */
export type Ask = <T>(method: string, path: string, body?: FormData | object) => Promise<T>;

/** The whole product on a data folder of the test's own, killed and started again as often as the test wants. */
export interface Installation {
  readonly folder: string;
  /** The process that serves it by now. */
  readonly app: RealApp;
  /** Asks whichever process serves it by now, as the administrator. */
  readonly ask: Ask;
  /** Starts it again after its process, or more, was killed. */
  startAgain(): Promise<void>;
  /** Ends all of it, however much of it lives, and leaves nothing. */
  close(): Promise<void>;
}

/** Starts the product for the first time, and signs its administrator in. */
export async function openInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), `rapport-test-${process.pid}-`));
  // When root runs the tests, PostgreSQL runs under another account, which must be able to enter here.
  await chmod(folder, 0o755);
  let app = await startRealApp(folder);
  const cookie = await signIn(app);
  return {
    folder,
    get app() {
      return app;
    },
    ask: async <T>(method: string, path: string, body?: FormData | object): Promise<T> => {
      const answer = await send(app, method, path, body, cookie);
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async startAgain() {
      app = await startRealApp(folder);
    },
    async close() {
      await app.kill();
      await killPostgres(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function send(
  { address }: RealApp,
  method: string,
  path: string,
  body?: FormData | object,
  cookie = '',
): Promise<Response> {
  const isJson = body !== undefined && !(body instanceof FormData);
  return fetch(`${address}/w/main/api/v1${path}`, {
    method,
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      ...(isJson ? { 'content-type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
  });
}

async function signIn(app: RealApp): Promise<string> {
  const session = await send(app, 'POST', '/session', administratorOfApp);
  return session.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** A new API key of the administrator, for programs that load the app. */
export const newKey = async ({ ask }: Installation): Promise<string> =>
  (await ask<{ readonly key: string }>('POST', '/keys', { name: 'load' })).key;
