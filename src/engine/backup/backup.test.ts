import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../test/harness/until.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import { createRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { type OpenPool, openPool } from '../workspace/database.ts';
import { isMigrated } from '../workspace/migrate.ts';
import { contents, openPlace, type Place } from './backup.fixture.ts';
import { walkBackup } from './walk.ts';
import { type Backup, writeBackup } from './write-backup.ts';

let place: TestWorkspace;
let source: OpenPool;
let folder: string;
let file: string;
let backup: Backup;
let then: Record<string, string>;

const at = (name: string): string => join(folder, name);

/** Writes through the record verbs until told to stop; answers how many writes there were. */
function writers(count: number): { stop(): Promise<number> } {
  let isOver = false;
  const account = place.entity('account');
  const run = async (number: number): Promise<number> => {
    let done = 0;
    for (; !isOver; done += 1) {
      const [made] = await createRecords(place.system, account, [
        {
          name: `Æble \\N «${number}.${done}» line two`,
          externalKeys: [{ source: 'load', key: `${number}.${done}` }],
        },
      ]);
      if (!made) throw new Error('nothing was created');
      await updateRecords(place.system, account, [{ id: made.id, values: { number: `${number}.${done}` } }]);
      if (done % 5 === 0) await removeRecords(place.system, account, [{ id: made.id }]);
    }
    return done;
  };
  const running = Array.from({ length: count }, (_, number) => run(number));
  return {
    stop: async () => {
      isOver = true;
      return (await Promise.all(running)).reduce((sum, done) => sum + done, 0);
    },
  };
}

/** What the database holds as the backup sees it. */
async function contentsAt(snapshot: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set transaction snapshot '${snapshot}'`);
    return await contents(client);
  } finally {
    await client.end();
  }
}

const accounts = async (): Promise<number> => {
  const { rows } = await source.pool.query<{ n: number }>('select count(*)::int as n from w_main.account');
  return rows[0]?.n ?? 0;
};

beforeAll(async () => {
  place = await testWorkspace();
  source = openPool(place.url, { max: 3, applicationName: 'rapport command' });
  folder = await mkdtemp(join(tmpdir(), 'rapport-backup-'));
  file = at('taken.backup');
  await place.user('Ana Díaz', { teams: ['North'] });
  await source.pool.query(
    `insert into w_main.import_file (id, name, bytes, size, created_at) values ($1, e'big\t\\\\.\n\\\\.\n.csv', $2, 5000000, now())`,
    [newId(), Buffer.concat([randomBytes(500_000), Buffer.alloc(4_500_000, 'a,b;"\\\n\0')])],
  );
  await source.pool.query(
    `insert into w_main.session values ('\\x01', $1, $1, now(), now(), now(), 'browser', '::1')`,
    [newId()],
  );
  // An event of long ago, which no month takes.
  await source.pool.query(
    `insert into w_main.event (id, at, door, entity, record, verb, version, changes)
     values ($1, '1999-12-31 23:59:59.999999Z', 'system', 'account', $1, 'create', 1, '{"a": 1.10}')`,
    [newId()],
  );
  const load = writers(3);
  await until(accounts, (count) => count >= 20);
  backup = await writeBackup({
    pool: source.pool,
    name: 'main',
    path: file,
    onSnapshot: async (snapshot) => {
      then = await contentsAt(snapshot);
      // Others write on between the moment and the reading.
      const before = await accounts();
      await until(accounts, (count) => count >= before + 10);
    },
  });
  await load.stop();
});

afterAll(async () => {
  await source.close();
  await place.close();
  await rm(folder, { recursive: true });
});

describe('a restore is refused, and nothing is changed,', () => {
  let empty: Place;
  let started: Place;
  beforeAll(async () => {
    [empty, started] = await Promise.all([openPlace(), openPlace({ isStarted: true })]);
  });
  afterAll(async () => {
    await Promise.all([empty.close(), started.close()]);
  });

  /** A copy of the backup whose decompressed bytes were changed. */
  const changed = async (change: (bytes: Buffer) => Buffer): Promise<Buffer> =>
    gzipSync(change(gunzipSync(await readFile(file))));
  const swapped = (from: string, to: string) => (bytes: Buffer) => {
    const place = bytes.indexOf(from);
    if (place < 0 || from.length !== to.length) throw new Error(`${from} can’t be swapped`);
    return Buffer.concat([bytes.subarray(0, place), Buffer.from(to), bytes.subarray(place + from.length)]);
  };

  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['a file cut in half', async () => (await readFile(file)).subarray(0, 300_000), /cut off/],
    ['a file without its last byte', async () => (await readFile(file)).subarray(0, -1), /cut off/],
    ['an empty file', async () => Buffer.alloc(0), /no backup of Rapport|cut off/],
    ['another compressed file', async () => gzipSync('PGDMP'), /no backup of Rapport/],
    ['a text', async () => Buffer.from('id,name\n1,Acme\n'), /no backup of Rapport/],
    [
      'a bit that flipped on the disk',
      async () => {
        const bytes = await readFile(file);
        bytes[300_000] = (bytes[300_000] ?? 0) ^ 1;
        return bytes;
      },
      /damaged|cut off/,
    ],
    [
      'a row that was altered',
      () => changed(swapped('line two', 'line too')),
      /aren’t those that were written/,
    ],
    [
      'a header that was altered',
      () => changed(swapped('"workspace":"main"', '"workspace":"mine"')),
      /checksum/,
    ],
    [
      'a type that isn’t one',
      () => changed(swapped('"type":"uuid"', '"type":"u;id"')),
      /header can’t be used/,
    ],
    ['a later layout', () => changed(swapped('"format":1', '"format":2')), /format is 2/],
    [
      'a later version',
      () => changed(swapped('"productVersion":"0', '"productVersion":"9')),
      /comes from version 9/,
    ],
    [
      'an end without trailer',
      () => changed((bytes) => bytes.subarray(0, bytes.lastIndexOf('Z\0'))),
      /trailer is missing/,
    ],
    ['something after its end', () => changed((bytes) => Buffer.concat([bytes, bytes])), /damaged/],
  ])('of %s', async (_what, bytes, why) => {
    const bad = at('bad.backup');
    await writeFile(bad, await bytes());
    await expect(empty.restore(bad)).rejects.toThrow(why);
    expect(await empty.contents()).toEqual({});
  });

  it('of a file that isn’t there, or a folder', async () => {
    await expect(empty.restore(at('none'))).rejects.toThrow('There is no such file');
    await expect(empty.restore(folder)).rejects.toThrow('It is a folder');
  });

  it('while the app runs on the same database', async () => {
    const app = openPool(started.url);
    try {
      await app.pool.query('select 1');
      const before = await started.contents();
      await expect(started.restore(file)).rejects.toThrow('Rapport is running');
      expect(await started.contents()).toEqual(before);
    } finally {
      await app.close();
    }
  });

  it('while somebody holds its tables', async () => {
    const client = await started.pool.connect();
    try {
      await client.query('begin; lock table w_main.role in access share mode');
      await expect(started.restore(file)).rejects.toThrow('in use');
    } finally {
      client.release(true);
    }
  });

  it('over list values that somebody changed', async () => {
    await started.pool.query(`update w_main.event set door = 'api' where entity = 'base-value'`);
    const before = await started.contents();
    await expect(started.restore(file)).rejects.toThrow('somebody changed its set-up');
    expect(await started.contents()).toEqual(before);
  });
});

describe('a backup is refused', () => {
  it('over a file that is there, unless it may be replaced, and leaves that as it was', async () => {
    const taken = at('taken.txt');
    await writeFile(taken, 'mine');
    const o = { pool: source.pool, name: 'main', path: taken };
    await expect(writeBackup(o)).rejects.toThrow('is there already');
    expect(await readFile(taken, 'utf8')).toBe('mine');
    await writeBackup({ ...o, isReplaced: true });
    expect((await walkBackup(taken)).rows).toBeGreaterThan(0);
  });

  it('into a folder that isn’t there, of a workspace that isn’t there, and leaves no file', async () => {
    const before = await readdir(folder);
    const o = { pool: source.pool, name: 'main', path: at('none/x') };
    await expect(writeBackup(o)).rejects.toThrow('folder isn’t there');
    await expect(writeBackup({ ...o, name: 'other', path: at('x') })).rejects.toThrow('no workspace “other”');
    expect(await readdir(folder)).toEqual(before);
  });

  it('when its database goes away in the middle, and leaves no file', async () => {
    const before = await readdir(folder);
    const o = { pool: source.pool, name: 'main', path: at('y') };
    const kill = async () => {
      await source.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query like '%pg_export_snapshot%' and pid <> pg_backend_pid()`,
      );
    };
    await expect(writeBackup({ ...o, onSnapshot: kill })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('a backup taken under load', () => {
  it('is readable by its owner only, and tells what it holds', async () => {
    const { mode, size } = await stat(file);
    expect([mode & 0o777, size]).toEqual([0o600, backup.bytes]);
    const { rows, header } = await walkBackup(file);
    expect([rows, header.workspace, header.moment]).toEqual([backup.rows, 'main', backup.moment]);
    expect(header.tables.map(({ name }) => name)).not.toContain('session');
  });

  it.each([false, true])(
    'restores record for record as of its moment (after a first start: %s)',

    async (isStarted) => {
      const target = await openPlace({ isStarted });
      try {
        const { rows, pending } = await target.restore(file);
        expect([rows, pending]).toEqual([backup.rows, []]);
        const found = await target.contents();
        expect(found).toEqual(then);
        expect(found.account?.split(' ')[0]).not.toBe('0');
        const model = place.system.workspace.model;
        expect(await isMigrated({ db: target.db, model, name: 'main' })).toBe(true);
        await expect(target.restore(file)).rejects.toThrow('isn’t empty');
        expect(await target.contents()).toEqual(then);
        // What was made of it is what a migration makes, indexes and checks included.
        const shape = `select string_agg(d, e'\\n' order by d) as shape from (
        select indexdef as d from pg_indexes where schemaname = 'w_main' and indexname !~ '_idx\\d*$'
        union all select conrelid::regclass || pg_get_constraintdef(oid) || convalidated from pg_constraint
          where connamespace = 'w_main'::regnamespace and contype = 'c'
        union all select table_name || column_name || data_type || is_nullable || coalesce(column_default, '')
          from information_schema.columns where table_schema = 'w_main') s`;
        expect((await target.pool.query(shape)).rows).toEqual((await source.pool.query(shape)).rows);
      } finally {
        await target.close();
      }
    },
  );

  it('of an earlier version, whose tables had less, is brought up to this one', async () => {
    const former = await openPlace();
    const target = await openPlace();
    try {
      await former.restore(file);
      await former.pool.query(`
        alter table w_main.account drop column number cascade;
        drop table w_main.import_row;
        alter table w_main.role add column retired text;
        update w_main.role set retired = 'kept';
        update w_main.schema_state set product_version = '0.0.1', fingerprint = 'former'`);
      const path = at('former.backup');
      await writeBackup({ pool: former.pool, name: 'main', path });
      const { pending } = await target.restore(path);
      expect(pending).toEqual([expect.stringContaining('role.retired')]);
      const model = place.system.workspace.model;
      expect(await isMigrated({ db: target.db, model, name: 'main' })).toBe(true);
      const { rows } = await target.pool.query<{ numbers: number; kept: number; accounts: number }>(
        `select (select count(number)::int from w_main.account) as numbers,
           (select count(*)::int from w_main.account) as accounts,
           (select count(*)::int from w_main.role where retired = 'kept') as kept from w_main.import_row
         right join (select 1) as one on true`,
      );
      expect(rows).toEqual([
        { numbers: 0, accounts: Number(then.account?.split(' ')[0]), kept: Number(then.role?.split(' ')[0]) },
      ]);
    } finally {
      await former.close();
      await target.close();
    }
  });

  it('whose columns can’t become what is declared is refused, and leaves nothing', async () => {
    const former = await openPlace();
    const target = await openPlace();
    try {
      await former.restore(file);
      await former.pool.query(`
        alter table w_main.account alter column number type boolean using true;
        update w_main.schema_state set product_version = '0.0.1', fingerprint = 'former'`);
      const path = at('other.backup');
      await writeBackup({ pool: former.pool, name: 'main', path });
      await expect(target.restore(path)).rejects.toThrow(/account\.number/);
      expect(await target.contents()).toEqual({});
    } finally {
      await former.close();
      await target.close();
    }
  });

  it('isn’t the state of later: others wrote on meanwhile', async () => {
    const client = await source.pool.connect();
    expect(await contents(client)).not.toEqual(then);
    client.release();
  });
});
