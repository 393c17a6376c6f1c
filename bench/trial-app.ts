import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const administrator = { email: 'admin@example.org', password: 'four words make one' };
const root = new URL('..', import.meta.url).pathname;

/** Starts the product as `npm start` does, with an administrator of the trial's, and waits until it listens. */
export async function startApp(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
    scripts: { start: string };
  };
  const flags = scripts.start.match(/--\S+/g) ?? [];
  const child = spawn(process.execPath, [...flags, `${root}src/server/main.ts`], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'warn',
      RAPPORT_ADMIN_EMAIL: administrator.email,
      RAPPORT_ADMIN_PASSWORD: administrator.password,
      RAPPORT_REQUESTS_PER_MINUTE: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /Rapport is running at (http:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the app ended: ${said}`)));
  });
  return { child, address };
}

/** Asks the app as a signed-in browser does; a refusal ends the trial. */
export type Ask = <T = unknown>(method: string, path: string, body?: object) => Promise<T>;

/** Signs in as the administrator. */
export async function signIn(address: string): Promise<Ask> {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const at = (path: string): string => `${address}/w/main/api/v1${path}`;
  const session = await fetch(at('/session'), {
    method: 'POST',
    headers,
    body: JSON.stringify(administrator),
  });
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(at(path), {
      method,
      headers: { ...headers, cookie },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}

/** Ends the app in order. */
export function endApp(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(null);
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
