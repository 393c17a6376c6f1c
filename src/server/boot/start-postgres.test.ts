import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/harness/until.ts';
import { canEnter, serverAccount } from './account.ts';
import { checkExternalDatabase } from './external-database.ts';
import { removeSocketDir } from './own-server.ts';
import { isAlive, isServerOf, readPostmaster } from './postmaster-file.ts';
import { projectFolder } from './project.ts';
import { stopServer } from './server-process.ts';
import { type OwnPostgres, startPostgres } from './start-postgres.ts';

const log = pino({ level: 'silent' });
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const canOthersRun = isRoot && (await canEnter(nobody, projectFolder));

let base: string;
let dataDir: string;
const running: OwnPostgres[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'rapport-boot-'));
  await chmod(base, 0o755);
  dataDir = join(base, 'postgres');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of running.splice(0)) await server.stop();
  const left = await readPostmaster(dataDir);
  if (left) await stopServer(left.pid, dataDir, log);
  if (left) await removeSocketDir(left.socketDir);
  await rm(base, { recursive: true, force: true });
});

async function started(): Promise<OwnPostgres> {
  const server = await startPostgres({ dataDir, log, owner: 'http://127.0.0.1:3000' });
  running.push(server);
  return server;
}

/** Starts the server from another process, and answers it with the server's address once it runs. */
async function startedByAnother(account?: {
  uid: number;
  gid: number;
}): Promise<{ owner: ChildProcess; url: string }> {
  const source = `
    const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'start-postgres.ts'))});
    const { pino } = await import(${JSON.stringify(import.meta.resolve('pino'))});
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: (pino.pino ?? pino.default)({ level: 'silent' }) });
    process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
    console.log(server.url);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...account,
  });
  children.push(owner);
  let failure = '';
  owner.stderr?.on('data', (chunk: Buffer) => {
    failure += chunk.toString();
  });
  const url = await new Promise<string>((resolve, reject) => {
    owner.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    owner.once('exit', () => reject(new Error(failure)));
  });
  return { owner, url };
}

const gone = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const writeRow = (url: string) =>
  query(
    url,
    `create schema w_kept; create table w_kept.kept (word text); insert into w_kept.kept values ('kept')`,
  );
const readRow = async (url: string) => (await query(url, 'select word from w_kept.kept'))[0]?.word;

describe('the embedded PostgreSQL', () => {
  test('refuses a data folder whose owner lives, names it, and leaves it running', async () => {
    const { owner, url } = await startedByAnother();
    await expect(started()).rejects.toThrow(
      `Rapport is already running from this data folder (process ${owner.pid})`,
    );
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('refuses data of another version of PostgreSQL', async () => {
    await (await started()).stop();
    await writeFile(join(dataDir, 'PG_VERSION'), '12\n');
    await expect(started()).rejects.toThrow(/made by PostgreSQL 12, and this Rapport brings PostgreSQL \d+/);
  });

  test('refuses a folder that holds something else, and leaves it alone', async () => {
    await writeFile(dataDir, 'a file');
    await expect(started()).rejects.toThrow();
    expect(await readFile(dataDir, 'utf8')).toBe('a file');
  });

  test('gives the app a role that owns its database and may do nothing beyond', async () => {
    const { url, superuserUrl } = await started();
    expect(
      await query(
        url,
        'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
      ),
    ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
    await expect(query(url, 'create database other')).rejects.toThrow('permission denied');
    await expect(query(url, 'create role other')).rejects.toThrow('permission denied');
    await query(url, 'create schema mine; create extension pg_trgm schema mine');
    expect(await query(superuserUrl, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: true },
    ]);
    const { mode } = await stat(join(dataDir, 'rapport-passwords.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  test('keeps the app’s role within its own schemas', async () => {
    const { url, superuserUrl } = await started();
    expect(
      await query(
        url,
        `select rolreplication, rolbypassrls, (select count(*)::int from pg_auth_members where member = r.oid) as memberships
           from pg_roles r where rolname = current_user`,
      ),
    ).toEqual([{ rolreplication: false, rolbypassrls: false, memberships: 0 }]);
    expect(await query(url, 'show search_path')).toEqual([{ search_path: '""' }]);
    for (const [statement, why] of [
      ['create table public.mine (a int)', 'permission denied for schema public'],
      ['create table mine (a int)', 'no schema has been selected to create in'],
      ['create table pg_catalog.mine (a int)', 'permission denied'],
      ['select * from pg_catalog.pg_authid', 'permission denied'],
      [`select pg_catalog.pg_read_file('/etc/hostname')`, 'permission denied'],
      [`create schema w_x; create table w_x.t (a text); copy w_x.t from program 'id'`, 'permission denied'],
      [
        `create schema w_x; create table w_x.t (a text); copy w_x.t from '/etc/hostname'`,
        'permission denied',
      ],
      [`select pg_catalog.lo_import('/etc/hostname')`, 'permission denied'],
      ['set role postgres', 'permission denied'],
      ['set session authorization postgres', 'permission denied'],
      ['alter system set fsync = off', 'permission denied'],
    ] as const)
      await expect(query(url, statement), statement).rejects.toThrow(why);
    for (const database of ['postgres', 'template1']) {
      const elsewhere = new URL(url);
      elsewhere.pathname = `/${database}`;
      await expect(query(elsewhere.href, 'select 1'), database).rejects.toThrow(
        'permission denied for database',
      );
    }
    const inOurs = new URL(superuserUrl);
    inOurs.pathname = '/rapport';
    await query(inOurs.href, 'create schema theirs; create table theirs.secret (a int)');
    await expect(query(url, 'select * from theirs.secret')).rejects.toThrow(
      'permission denied for schema theirs',
    );
  });

  test('takes powers from the app’s role that somebody gave it meanwhile', async () => {
    const first = await started();
    await query(first.superuserUrl, 'alter role rapport superuser; grant pg_read_server_files to rapport');
    await first.stop();
    const { url } = await started();
    await expect(query(url, `select pg_catalog.pg_read_file('/etc/hostname')`)).rejects.toThrow(
      'permission denied',
    );
    expect(await query(url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
  });

  test('stops for good, and finds its rows when it starts again', async () => {
    const first = await started();
    await writeRow(first.url);
    await first.stop();
    expect(await readPostmaster(dataDir)).toBeNull();
    await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    expect(await readRow((await started()).url)).toBe('kept');
  });

  test('is taken over from an owner that was killed', async () => {
    const { owner, url } = await startedByAnother();
    await writeRow(url);
    const orphan = (await readPostmaster(dataDir))!.pid;
    owner.kill('SIGKILL');
    await gone(owner);
    expect(await isServerOf(orphan, dataDir)).toBe(true);
    expect(await readRow((await started()).url)).toBe('kept');
    expect(await isServerOf(orphan, dataDir)).toBe(false);
  });

  test('is started again under the same address when it is killed', async () => {
    const { url } = await started();
    await writeRow(url);
    const killed = (await readPostmaster(dataDir))!.pid;
    process.kill(killed, 'SIGKILL');
    expect(
      await until(
        () => readRow(url).catch(String),
        (word) => word === 'kept',
      ),
    ).toBe('kept');
    expect((await readPostmaster(dataDir))?.pid).not.toBe(killed);
    await expect(startedByAnother()).rejects.toThrow('already running');
  });

  test('recovers when owner and server were killed, though their process id belongs to another program now', async () => {
    const { owner, url } = await startedByAnother();
    await writeRow(url);
    const { pid } = (await readPostmaster(dataDir))!;
    owner.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone(owner);
    const file = join(dataDir, 'postmaster.pid');
    const bystander = spawn('sleep', ['60'], isRoot ? ((await serverAccount(dataDir)) ?? {}) : {});
    children.push(bystander);
    await writeFile(file, (await readFile(file, 'utf8')).replace(String(pid), String(bystander.pid)));
    expect(await readRow((await started()).url)).toBe('kept');
    expect(isAlive(bystander.pid!)).toBe(true);
  });

  test('gets new passwords when the file that held them is lost', async () => {
    const first = await started();
    await writeRow(first.url);
    await first.stop();
    await rm(join(dataDir, 'rapport-passwords.json'));
    const second = await started();
    expect(await readRow(second.url)).toBe('kept');
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  });

  test('leaves nothing half made when its making is cut short', async () => {
    const { owner } = await startedByAnother();
    owner.kill('SIGTERM');
    expect(await gone(owner)).toBe(0);
    await rm(dataDir, { recursive: true });
    await writeFile(`${dataDir}.new`, 'what a killed start left');
    await started();
    await expect(stat(`${dataDir}.new`)).rejects.toThrow('ENOENT');
  });
});

describe.runIf(isRoot)('the embedded PostgreSQL, started by root', () => {
  test('runs under an unprivileged account, which owns its files', async () => {
    await started();
    const { pid } = (await readPostmaster(dataDir))!;
    const { uid } = await stat(`/proc/${pid}`);
    expect(uid).toBeGreaterThan(0);
    expect((await stat(join(dataDir, 'base'))).uid).toBe(uid);
  });

  test('refuses a folder that this account can’t enter, and says what to do', async () => {
    await chmod(base, 0o700);
    await expect(started()).rejects.toThrow(/can't enter .* Choose a folder with RAPPORT_DATA/);
  });

  test.runIf(canOthersRun)('runs for a normal user, and for root after that', async () => {
    await chown(base, nobody.uid, nobody.gid);
    const { owner, url } = await startedByAnother(nobody);
    await writeRow(url);
    owner.kill('SIGTERM');
    expect(await gone(owner)).toBe(0);
    expect((await stat(dataDir)).uid).toBe(nobody.uid);
    expect(await readRow((await started()).url)).toBe('kept');
  });

  test.runIf(canOthersRun)('tells a normal user whose folder it is', async () => {
    await (await started()).stop();
    const { uid } = await stat(dataDir);
    const other = { uid: uid === nobody.uid ? 1 : nobody.uid, gid: nobody.gid };
    await expect(startedByAnother(other)).rejects.toThrow(
      `belongs to user ${uid}, and Rapport runs as user ${other.uid}`,
    );
  });
});

describe('another PostgreSQL, named by DATABASE_URL', () => {
  test('is refused with the reason and without its password', async () => {
    const { url, superuserUrl } = await started();
    await query(superuserUrl, 'create database elsewhere');
    const changed = (change: (address: URL) => void) => {
      const address = new URL(url);
      change(address);
      return checkExternalDatabase(address.href, log);
    };
    await expect(
      changed((a) => {
        a.password = 'hunter2';
      }),
    ).rejects.toThrow(
      /rapport at 127\.0\.0\.1:\d+\/rapport\) can't be reached\. The server refuses this user and password/,
    );
    await expect(
      changed((a) => {
        a.password = 'hunter2';
      }),
    ).rejects.not.toThrow('hunter2');
    await expect(
      changed((a) => {
        a.pathname = '/absent';
      }),
    ).rejects.toThrow('no such database');
    await expect(
      changed((a) => {
        a.pathname = '/postgres';
      }),
    ).rejects.toThrow('may not enter that database');
    await expect(
      changed((a) => {
        a.pathname = '/elsewhere';
      }),
    ).rejects.toThrow('may not create schemas');
    await expect(
      changed((a) => {
        a.hostname = 'host.invalid';
      }),
    ).rejects.toThrow(/host/);
    await expect(changed(() => {})).resolves.toBeUndefined();
  });
});
