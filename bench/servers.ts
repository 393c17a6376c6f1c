import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** A server under measurement. */
export interface Started {
  readonly child: ChildProcess;
  readonly port: number;
}

const root = new URL('..', import.meta.url).pathname;

/** The product as `npm start` runs it, on the database at `url`. */
export async function startApp(url: string): Promise<Started> {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
    scripts: { start: string };
  };
  return start(
    'src/server/main.ts',
    /running at http:\/\/127\.0\.0\.1:(\d+)/i,
    {
      DATABASE_URL: url,
      PORT: '0',
      RAPPORT_DATA: `${root}bench/data/app`,
      RAPPORT_REQUESTS_PER_MINUTE: '100000000',
      LOG_LEVEL: 'error',
    },
    scripts.start.match(/--\S+/g) ?? [],
  );
}

/** The yardstick, with the statements that the file `setup` holds. */
export const startRaw = (setup: string): Promise<Started> =>
  start('bench/raw-server.ts', /listening (\d+)/, { RAW_SETUP: setup });

async function start(
  file: string,
  ready: RegExp,
  env: Readonly<Record<string, string>>,
  nodeFlags: readonly string[] = [],
): Promise<Started> {
  const child = spawn(process.execPath, [...nodeFlags, root + file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = ready.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
    child.once('exit', () => reject(new Error(`${file} ended: ${said}`)));
  });
  return { child, port };
}

/** Ends a process, which still has a database to say goodbye to. */
export function ended({ child }: Started): Promise<unknown> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(null);
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Milliseconds of processor time that a process has used. */
export async function cpuOf({ child }: Started): Promise<number> {
  const [user = 0, system = 0] = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(' ').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

/** What a process holds and held at most, in words. */
export async function memoryOf({ child }: Started): Promise<string> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const memory = (name: string): string =>
    `${Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)} MB`;
  return `${memory('VmRSS')} resident at the end, ${memory('VmHWM')} at its highest`;
}
