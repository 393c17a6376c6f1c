import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { productModel } from '../../../test/harness/workspace.ts';
import { noteBackup } from '../../engine/backup/last-backup.ts';
import { type OpenPool, openPool } from '../../engine/workspace/database.ts';
import { newId } from '../../lib/ids.ts';
import { examineDatabase } from './database.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { examineMachine } from './machine.ts';
import { examineWorkspace } from './workspace.ts';

const model = productModel();
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-doctor-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What isn’t well, by what was looked at; each has a remedy. */
function faults(findings: readonly Finding[]): Record<string, string> {
  const bad = findings.filter(({ verdict }) => verdict !== 'ok');
  for (const { remedy } of bad) expect(remedy).toMatch(/\.$/);
  return Object.fromEntries(bad.map(({ about, verdict, said }) => [about, `${verdict}: ${said}`]));
}

/** Runs on a fresh workspace and closes it. */
async function inWorkspace(
  work: (o: OpenPool & { examined: () => Promise<Record<string, string>> }) => Promise<void>,
) {
  const database: TestDatabase = await testDatabase();
  const opened = openPool(database.url, { applicationName: 'rapport command' });
  try {
    await noteBackup(opened.db, 'main', new Date().toISOString());
    const examined = async () => faults(await examineWorkspace({ db: opened.db, model, name: 'main' }));
    expect(await examined()).toEqual({});
    await work({ ...opened, examined });
  } finally {
    await opened.close();
    await database.close();
  }
}

describe('the doctor finds, in a workspace,', () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      'a column that is missing',
      'alter table w_main.account drop column number',
      { Workspace: like(/^mistake: .*account\.number/) },
    ],
    [
      'an index that is missing',
      `do $$ begin execute (select 'drop index w_main.' || indexname from pg_indexes
         where schemaname = 'w_main' and tablename = 'external_key' limit 1); end $$`,
      { Workspace: like(/^warning: not finished: build the index external_key/) },
    ],
    [
      'an index build that failed',
      `insert into w_main.index_step (name, statement, state, error, at) values ('account_x', 'create index', 'failed', 'No space left.', now())`,
      { 'Index builds': 'warning: account_x failed (No space left.)' },
    ],
    [
      'a month that the event log lacks',
      `do $$ begin execute 'drop table w_main.event_' || to_char(now() at time zone 'UTC', 'YYYY_MM'); end $$`,
      { 'Event log': like(/^warning: partitions are missing: event_\d{4}_\d\d$/) },
    ],
    [
      'an event log without the partition of the rest',
      'drop table w_main.event_default',
      { 'Event log': like(/^mistake: .*is missing/) },
    ],
    [
      'records that can’t be found',
      `insert into w_main.account (id, version, created_at, updated_at, name, name_fold)
         values ('${newId()}', 1, now(), now(), 'Lost', 'lost')`,
      { Search: 'mistake: of 1 records looked at, some can’t be found: 1 of account' },
    ],
    [
      'an old backup',
      `update w_main.setting set value = '"2020-01-01T00:00:00Z"' where name = 'last-backup'`,
      { Backup: like(/^warning: .*2020-01-01/) },
    ],
    [
      'that there is no backup',
      `delete from w_main.setting where name = 'last-backup'`,
      { Backup: like(/^warning: .*never/) },
    ],
    [
      'that there is no workspace',
      'drop schema w_main cascade',
      { Workspace: like(/^mistake: there is no workspace “main”/) },
    ],
  ])('%s', async (_what, fault, found) => {
    await inWorkspace(async ({ pool, examined }) => {
      await pool.query(fault);
      expect(await examined()).toEqual(found);
    });
  });

  it('an index that was built by halves', async () => {
    await inWorkspace(async ({ pool, examined }) => {
      const twins = 'create unique index concurrently twins on w_main.base_value (list)';
      await expect(pool.query(twins)).rejects.toThrow(/unique/);
      expect(await examined()).toEqual({ Indexes: 'mistake: built by halves and of no use: twins' });
    });
  });
});

describe('the doctor finds, around it,', () => {
  it('another clock', async () => {
    await inWorkspace(async ({ db }) => {
      const off = (seconds: number) => examineDatabase(db, () => Date.now() + seconds * 1000);
      expect(faults(await off(0))).toEqual({});
      expect(faults(await off(-30)).Clock).toMatch(/^warning: .* [\d.]+ s apart/);
      expect(faults(await off(3600)).Clock).toMatch(/^mistake: .* s apart/);
    });
  });

  it('an old Node, what isn’t installed or built, and a data folder that isn’t there', async () => {
    const project = join(folder, 'project');
    await mkdir(join(project, 'node_modules/pg'), { recursive: true });
    await writeFile(join(project, 'package.json'), '{"dependencies":{"pg":"8.0.0","zod":"4.0.0"}}');
    await writeFile(join(project, 'node_modules/pg/package.json'), '{"version":"7.0.0"}');
    const o = { projectFolder: project, dataDir: join(folder, 'none'), nodeVersion: '22.1.0' };
    expect(faults(await examineMachine({ ...o, isEmbedded: true }))).toEqual({
      Node: like(/^mistake: 22\.1\.0/),
      Dependencies: 'mistake: pg is 7.0.0, zod is missing',
      'Browser app': 'warning: isn’t built',
      'Data folder': like(/^mistake: .*isn’t there/),
    });
    expect(faults(await examineMachine({ ...o, isEmbedded: false }))).not.toHaveProperty('Data folder');
  });

  it('a data folder that others can write, or that is none', async () => {
    const o = { projectFolder: folder, isEmbedded: true };
    const open = join(folder, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    expect(faults(await examineMachine({ ...o, dataDir: open }))['Data folder']).toMatch(
      /^warning: .*other users/,
    );
    await writeFile(join(folder, 'file'), '');
    const file = await examineMachine({ ...o, dataDir: join(folder, 'file') });
    expect(faults(file)['Data folder']).toMatch(/^mistake: .*no folder/);
  });

  it('settings that can’t be used, and a database that can’t be reached, and looks at the rest', async () => {
    expect(faults(await examine({ PORT: 'x' }, () => model)).Settings).toMatch(/^mistake: .*/);
    const none = join(folder, 'nowhere');
    const unmade = faults(await examine({ RAPPORT_DATA: none }, () => model));
    expect(unmade.Database).toMatch(/^mistake: not looked at/);
    await expect(stat(none)).rejects.toThrow('ENOENT');
    // A port on which nothing listens, behind a host that nobody waits for.
    const url = 'postgres://u:secret@rapport.invalid:1/x';
    const findings = await examine({ DATABASE_URL: url, RAPPORT_DATA: folder }, () => model);
    expect(faults(findings).Database).toMatch(/^mistake: .*can't be reached/);
    expect(findings.map(({ about }) => about)).toContain('Disk');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});
