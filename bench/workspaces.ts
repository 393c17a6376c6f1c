import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { openPool } from '../src/engine/workspace/database.ts';
import { prepareWorkspace } from '../src/engine/workspace/prepare.ts';
import { openWorkspaces } from '../src/engine/workspace/workspaces.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { createApiKey } from '../src/server/auth/api-keys.ts';
import { setUpUnattended } from '../src/server/auth/set-up.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { migrateAll } from '../src/server/cli/migrate-all.ts';
import { buildApp } from '../src/server/http/build-app.ts';
import { openLog } from '../src/server/log.ts';

/**
 * `npm run bench -- --workspaces [--count=100]`: makes so many workspaces, brings them up from a state as of an earlier
 * version in one go with one broken on purpose, and has somebody work in each: seconds, memory, who is served.
 */
const given = process.argv.find((word) => word.startsWith('--count='))?.slice('--count='.length);
const count = Number(given ?? 100);
const broken = `trial-${Math.floor(count / 2)}`;
const names = Array.from({ length: count }, (_, index) => `trial-${index}`);
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
const seconds = async (work: () => Promise<unknown>): Promise<string> => {
  const begun = performance.now();
  await work();
  return ((performance.now() - begun) / 1000).toFixed(1);
};

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
/** What the app's own memory holds, in MB. */
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

const folder = await mkdtemp(join(tmpdir(), 'rapport-workspaces-'));
// When root runs this, PostgreSQL runs under another account, which must be able to enter here.
await chmod(folder, 0o755);
const postgres = await startPostgres({
  dataDir: join(folder, 'postgres'),
  log: await openLog('silent'),
  durable: false,
});
const pool = openPool(postgres.url);
try {
  const { db } = pool;
  const model = crmModel();
  const made = await seconds(async () => {
    for (const name of names) await prepareWorkspace({ db, model, name });
  });
  say(`${count} workspaces made in ${made} s`);
  for (const name of names) await sql.raw(`alter table "w_${name}".account drop column website`).execute(db);
  for (const name of names)
    await sql`update ${sql.id(`w_${name}`, 'schema_state')} set fingerprint = 'earlier'`.execute(db);
  await sql.raw(`alter table "w_${broken}".account add column website integer[]`).execute(db);

  const lines: string[] = [];
  const all = { db, model, allowDestructive: false, tell: (line: string) => void lines.push(line) };
  const result: { done: number; broken: readonly string[] }[] = [];
  const first = await seconds(async () => result.push(await migrateAll(all)));
  say(
    `migrated in one go in ${first} s: ${result[0]?.done} brought up, refused: ${result[0]?.broken.join()}`,
  );
  say(lines.find((line) => line.includes('REFUSED')) ?? 'nothing was refused');
  say(`again, with nothing left to do: ${await seconds(() => migrateAll(all))} s`);

  const empty = heap();
  const workspaces = await openWorkspaces({ db, model, mostOpen: count });
  const opened = await seconds(async () => {
    for (const name of names) await workspaces.find(name).catch(() => null);
  });
  say(`${workspaces.open} opened in ${opened} s, ${((heap() - empty) / workspaces.open).toFixed(2)} MB each`);
  const app = await buildApp(
    {
      db,
      workspaces,
      jobs: null,
      mainWorkspace: names[0] ?? '',
      version: 'bench',
      publicUrl: null,
      hasSecureCookies: false,
      requestsPerMinute: 1_000_000,
      webFolder: folder,
      isReady: async () => true,
    },
    await openLog('silent'),
  );
  const keys = new Map<string, string>();
  for (const name of names) {
    const workspace = await workspaces.find(name).catch(() => null);
    if (!workspace) continue;
    const person = { name: 'Ada', email: 'ada@example.org', password: 'four words make one', company: name };
    const settings = { locale: 'en', timeZone: 'UTC', currency: 'EUR' } as const;
    const userId = (await setUpUnattended({ db, workspace }, { ...person, ...settings })) ?? '';
    const place = { db, schema: workspace.schema, workspace: name, now: new Date() };
    keys.set(name, (await createApiKey(place, { userId, name: 'x', createdBy: null, expiresAt: null })).key);
  }
  const paths = ['/me', '/describe', '/accounts', '/contacts', '/opportunities', '/search?q=ada', '/tasks'];
  let served = 0;
  const worked = await seconds(async () => {
    for (const key of keys.values()) {
      const headers = { authorization: `Bearer ${key}` };
      for (let round = 0; round < 5; round += 1) {
        const made = await app.inject({
          method: 'POST',
          url: '/api/v1/accounts',
          headers,
          payload: { name: 'Ada' },
        });
        const answers = await Promise.all(
          paths.map((path) => app.inject({ url: `/api/v1${path}`, headers })),
        );
        if ([made, ...answers].every(({ statusCode }) => statusCode < 300)) served += 1;
      }
    }
  });
  say(`${served} of ${5 * keys.size} rounds of work answered in full, in ${worked} s`);
  const refused = await app.inject({ url: `/w/${broken}/api/v1/setup` });
  say(`${broken} answers ${refused.statusCode}: ${String(refused.json<{ detail?: unknown }>().detail)}`);
  say(`memory per workspace worked in: ${((heap() - empty) / workspaces.open).toFixed(2)} MB of heap`);
  say(`backends of PostgreSQL hold, each for itself: ${(await backendMegabytes()).join(', ')} MB`);
  await app.close();
  await workspaces.close();
} finally {
  await pool.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What each connection of ours costs the database server beyond what all share, in MB. */
async function backendMegabytes(): Promise<readonly string[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_catalog.pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`.execute(
    pool.db,
  );
  const all = await Promise.all(
    rows.map(async ({ pid }) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000;
    }),
  );
  return all.toSorted((one, other) => other - one).map((each) => each.toFixed(0));
}
