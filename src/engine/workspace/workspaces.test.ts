import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { somebodyWaits } from '../../../test/harness/lock-waiters.ts';
import { Problem } from '../../lib/problem.ts';
import { withMigrationLock } from '../schema/migration-lock.ts';
import type { OpenPool } from './database.ts';
import { dropWorkspace } from './drop.ts';
import { boat, emptyDatabase, fields, modelOf, putBoat } from './migrating.fixture.ts';
import { prepareWorkspace } from './prepare.ts';
import { type OpenWorkspaces, openWorkspaces } from './workspaces.ts';

let pool: OpenPool;
let workspaces: OpenWorkspaces;
const told: string[] = [];
/** Those that waited for another process to bring them up. */
const waits: string[] = [];
const older = modelOf(boat());
const model = modelOf(boat({ name: fields.uniqueName }));

beforeAll(async () => {
  pool = await emptyDatabase();
  for (const name of ['north', 'south', 'west']) await prepareWorkspace({ db: pool.db, model: older, name });
  workspaces = await openWorkspaces({
    db: pool.db,
    model,
    mostOpen: 2,
    log: (_line, name) => waits.push(name),
    onFailure: (error, name) => told.push(`${name}: ${String(error)}`),
  });
});
afterAll(async () => {
  await workspaces.close();
  await pool.close();
});

const notify = (name: string): Promise<unknown> =>
  sql`select pg_notify('rapport_workspaces', ${name})`.execute(pool.db);

describe('the workspaces of an installation', () => {
  test.each(['east', 'North', '', 'north"', '../north', 'a'.repeat(80)])(
    'hold none of the name “%s”',
    async (name) => {
      expect(await workspaces.find(name)).toBeNull();
    },
  );

  test('don’t count a schema that holds no workspace', async () => {
    await sql`create schema w_empty`.execute(pool.db);
    expect(await workspaces.names()).toEqual(['north', 'south', 'west']);
    expect(await workspaces.find('empty')).toBeNull();
  });

  test('refuse one that can’t be brought up, say so, serve the others, and serve it once it is mended', async () => {
    const twins = [
      await putBoat(pool.db, 'w_south', { name: 'Ann', name_fold: 'ann' }),
      await putBoat(pool.db, 'w_south', { name: 'Ann', name_fold: 'ann' }),
    ];
    const refusal = await workspaces.find('south').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect((refusal as Problem).code).toBe('not-ready');
    expect((refusal as Problem).message).toContain('“south” can’t be used just now');
    expect((refusal as Problem).message).not.toContain('ann');
    expect(told).toEqual([expect.stringMatching(/^south: [\s\S]*is duplicated/)]);
    // Asked again at once it is not tried again.
    await expect(workspaces.find('south')).rejects.toThrow('can’t be used just now');
    expect(told).toHaveLength(1);
    expect((await workspaces.find('north'))?.schema).toBe('w_north');

    await sql`delete from w_south.boat where id = ${twins[1]}`.execute(pool.db);
    await notify('south');
    await expect.poll(() => workspaces.find('south').catch(() => null)).toMatchObject({ schema: 'w_south' });
  });

  test('are each opened once, however many ask', async () => {
    await notify('north');
    await expect.poll(() => workspaces.open).toBeLessThan(2);
    const found = await Promise.all(Array.from({ length: 5 }, () => workspaces.find('north')));
    expect(new Set(found).size).toBe(1);
    expect(found[0]).not.toBeNull();
  });

  test('close the least used beyond their number, which opens anew when it is asked for', async () => {
    const first = await workspaces.find('north');
    await workspaces.find('south');
    expect(await workspaces.find('north')).toBe(first);
    await workspaces.find('west');
    expect(workspaces.open).toBe(2);
    expect(await workspaces.find('north')).toBe(first);
    expect((await workspaces.find('south'))?.name).toBe('south');
  });

  test('hold none that is dropped while it is read', async () => {
    await prepareWorkspace({ db: pool.db, model: older, name: 'gone' });
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const reading = pool.db.transaction().execute(async (db) => {
      await sql`select from w_gone.boat`.execute(db);
      begun.resolve();
      await ended.promise;
    });
    await begun.promise;
    const dropping = dropWorkspace({ db: pool.db, name: 'gone' });
    await somebodyWaits(pool.db);
    const finding = workspaces.find('gone').catch(String);
    await somebodyWaits(pool.db, 2);
    ended.resolve();
    await Promise.all([reading, dropping]);
    expect(await finding).toBeNull();
    expect(told.filter((line) => line.startsWith('gone'))).toEqual([]);
  });

  test('are never made anew when they are dropped before they could be brought up', async () => {
    await prepareWorkspace({ db: pool.db, model: older, name: 'gone' });
    const finding = await withMigrationLock(
      pool.db,
      'w_gone',
      () => {},
      async (connection) => {
        const asked = workspaces.find('gone').catch(String);
        await expect.poll(() => waits).toContain('gone');
        await sql`drop schema w_gone cascade`.execute(connection);
        return { asked };
      },
    );
    expect(await finding.asked).toBeNull();
    const { rows } = await sql`select from pg_namespace where nspname = 'w_gone'`.execute(pool.db);
    expect(rows).toEqual([]);
  });

  test('forget one that was dropped elsewhere', async () => {
    await workspaces.find('west');
    await sql`drop schema w_west cascade`.execute(pool.db);
    await notify('west');
    await expect.poll(() => workspaces.find('west')).toBeNull();
    expect(await workspaces.names()).toEqual(['north', 'south']);
  });
});
