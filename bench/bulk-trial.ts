import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Ctx, Db } from '../src/engine/ctx.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { seedWorkspace } from '../src/engine/workspace/seed.ts';
import type { BulkOrder, BulkRun } from '../src/model/bulk.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';
import { fill } from './data.ts';
import { rawChange } from './raw-change.ts';
import { type Ask, endApp, signIn, startApp } from './trial-app.ts';

const root = new URL('..', import.meta.url).pathname;
const say = (line: string): void => console.log(line);
const count = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 100_000);
const loadBefore = loadavg()[0]?.toFixed(1);

/** A phase of the trial, as its line of the table tells it. */
interface Phase {
  readonly what: string;
  readonly records: number;
  readonly seconds: number;
  readonly told: string;
}

const phases: Phase[] = [];
const folder = await mkdtemp(join(tmpdir(), 'rapport-bulk-trial-'));
await chmod(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: await openLog('warn') });
const pool = openPool(postgres.url);
let app: ChildProcess | undefined;
try {
  await fillContacts(pool.db);
  const { child, address } = await startApp({ DATABASE_URL: postgres.url, RAPPORT_DATA: folder });
  app = child;
  const ask = await signIn(address);
  const before = await fingerprint(pool.db);
  const order: BulkOrder = { verb: 'update', where: 'name is not empty', values: { description: 'Trial' } };

  const cancelled = await begin(ask, order);
  const half = await watch(ask, cancelled.id, async (run) => {
    if (run.state !== 'running' || run.done < count / 2) return;
    const asked = Date.now();
    await ask('POST', `/bulk-runs/${run.id}/cancel`);
    say(`cancelled after ${run.done} records, answered in ${Date.now() - asked} ms`);
  });
  told('changed, cancelled half-way', half.run.done, half);
  insist(half.run.state === 'cancelled' && half.run.done < count, 'it was not cancelled in the middle');
  insist(half.run.changed === (await changed(pool.db)), 'the records changed are not those that it counted');

  const back = await undo(ask, cancelled.id);
  told('undone', back.run.undo?.done ?? 0, back);
  insist((await fingerprint(pool.db)) === before, 'not every record is as before');

  const whole = await watch(ask, (await begin(ask, order)).id);
  told('changed, to the end', whole.run.done, whole);
  insist(whole.run.changed === count && (await changed(pool.db)) === count, 'not all records were changed');
  const wholeBack = await undo(ask, whole.run.id);
  told('undone', wholeBack.run.undo?.done ?? 0, wholeBack);
  insist((await fingerprint(pool.db)) === before, 'not every record is as before');

  const raw = await rawChange(pool.db, 'w_main', 500);
  phases.push({ what: 'the same updates and events in plain SQL, 500 at once', ...raw, told: '' });
  const report = await table(child);
  say(report);
  if (process.argv.includes('--save')) await writeFile(`${root}bench/RESULTS-bulk.md`, report);
} finally {
  if (app) await endApp(app);
  await pool.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

function insist(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

async function fillContacts(db: Db): Promise<void> {
  const place = { db, model: crmModel(), name: 'main' };
  await migrateWorkspace(place);
  await seedWorkspace({ ...place, now: new Date() });
  const workspace = await openWorkspace(place);
  const system: Ctx = {
    who: { userId: null, name: 'bench', roles: ['administrator'], teams: [] },
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db,
    door: 'system',
    batch: null,
  };
  await fill(system, { accounts: 2_000, contacts: count, opportunities: 0, tasks: 0, notes: 0 }, say);
  await workspace.close();
}

function begin(ask: Ask, order: BulkOrder): Promise<BulkRun> {
  return ask<BulkRun>('POST', '/contacts/bulk', order);
}

/** What was seen of a run until it came to rest. */
interface Watched {
  readonly run: BulkRun;
  readonly seconds: number;
  /** How often its progress was told anew on the way. */
  readonly tellings: number;
}

async function watch(ask: Ask, id: string, look?: (run: BulkRun) => Promise<void>): Promise<Watched> {
  const begun = Date.now();
  const seen = new Set<number>();
  for (;;) {
    const run = await ask<BulkRun>('GET', `/bulk-runs/${id}`);
    const done = run.state === 'undoing' ? (run.undo?.done ?? 0) : run.done;
    if (done < Math.max(0, ...seen)) throw new Error('the progress went backwards');
    seen.add(done);
    if (!run.isBusy) return { run, seconds: (Date.now() - begun) / 1000, tellings: seen.size };
    await look?.(run);
    await sleep(200);
  }
}

async function undo(ask: Ask, id: string): Promise<Watched> {
  await ask('POST', `/bulk-runs/${id}/undo`);
  const watched = await watch(ask, id);
  insist(watched.run.state === 'undone' && watched.run.undo?.refused === 0, 'it was not undone');
  return watched;
}

function told(what: string, records: number, { seconds, tellings }: Watched): void {
  phases.push({ what, records, seconds, told: `progress told ${tellings} times` });
  say(`${what}: ${records} records in ${seconds.toFixed(1)} s`);
}

async function changed(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from w_main.contact where description = 'Trial'`.execute(db);
  return rows[0]?.n ?? 0;
}

/** All values of all contacts, and how they are found; what says who touched them last left out. */
async function fingerprint(db: Db): Promise<string> {
  const { rows } = await sql<{ is: string }>`
    select md5(string_agg(md5((to_jsonb(c) - 'version' - 'updated_at' - 'updated_by_id')::text || s.words::text), '' order by c.id)) as is
    from w_main.contact c join w_main.search_entry s on s.entity = 'contact' and s.record = c.id`.execute(db);
  return rows[0]?.is ?? '';
}

async function table(child: ChildProcess): Promise<string> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const peak = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  const n = (value: number): string => Math.round(value).toLocaleString('en');
  return `# A mass change, measured

\`npm run bench -- --bulk --save\` makes this page: ${n(count)} contacts in a database of the trial’s own; every one is changed
through \`POST /contacts/bulk\` by a signed-in administrator, with all rules, history and search; cancelled half-way and undone,
then done to the end and undone. The trial stops with an error when the records changed aren’t exactly those counted, or when
any value of any contact differs after an undo.

- Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, everything on this one machine, whose load average was ${loadBefore} when the trial began.
- Memory of the app’s process: ${peak} MB at its highest.

| what | records | seconds | per second | |
|---|---|---|---|---|
${phases.map(({ what, records, seconds, told: more }) => `| ${what} | ${n(records)} | ${seconds.toFixed(1)} | ${n(records / seconds)} | ${more} |`).join('\n')}
`;
}
