import { type ChildProcess, spawn } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Ctx } from '../src/engine/ctx.ts';
import { createRecords } from '../src/engine/record/verbs.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { seedWorkspace } from '../src/engine/workspace/seed.ts';
import { entityOf } from '../src/model/declarations.ts';
import type { ImportSet } from '../src/model/import.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { createApiKey } from '../src/server/auth/api-keys.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';
import { importColumns, writeContacts } from './import-file.ts';
import { importRaw, timed } from './import-raw.ts';

/**
 * `npm run bench -- --import [rows]`: a file of that many contacts (a million) goes in through the app with all its
 * rules on, is cancelled in the middle, resumed and undone, beside the same rows by COPY and raw SQL into tables of the
 * same shape. `--save` keeps the table in `bench/RESULTS-import.md`.
 */
const rows = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const root = new URL('..', import.meta.url).pathname;
const folder = `${root}bench/data/import`;
const file = `${root}bench/data/import-${rows}.csv`;
const say = (line: string): void => console.log(`${new Date().toTimeString().slice(0, 8)} ${line}`);
const loadBefore = loadavg()[0]?.toFixed(1);

await rm(folder, { recursive: true, force: true });
const postgres = await startPostgres({ dataDir: folder, log: await openLog('warn') });
const pool = openPool(postgres.url);
let app: ChildProcess | null = null;
try {
  const model = crmModel();
  for (const name of ['main', 'raw']) {
    await migrateWorkspace({ db: pool.db, model, name });
    await seedWorkspace({ db: pool.db, model, name, now: new Date() });
  }
  const workspace = await openWorkspace({ db: pool.db, model, name: 'main' });
  const system: Ctx = {
    who: { userId: null, name: 'bench', roles: ['administrator'], teams: [] },
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db: pool.db,
    door: 'system',
    batch: null,
  };
  const key = await administratorKey(system);
  await writeContacts(file, rows);
  say(`${rows} contacts in ${Math.round((await stat(file)).size / 2 ** 20)} MB`);
  const started = await startApp(postgres.url);
  app = started.child;
  const memory = memoryOf(app);
  const ask = async (method: string, path: string, body?: FormData): Promise<ImportSet> => {
    const answer = await fetch(`http://127.0.0.1:${started.port}/api/v1/import-sets${path}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body ? { body } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as ImportSet;
  };
  let set = '';
  const opened = await timed(async () => {
    const form = new FormData();
    form.set('entity', 'contact');
    form.set('file', await openAsBlob(file), 'trial-contacts.csv');
    set = (await ask('POST', '', form)).id;
  });
  const peakUpload = memory.peak();
  say(`uploaded and looked through in ${opened.toFixed(1)} s, app at most ${peakUpload} MB`);

  const state = (): Promise<ImportSet> => ask('GET', `/${set}`);
  const until = async (is: (now: ImportSet) => boolean): Promise<ImportSet> => {
    for (let told = 0; ; ) {
      const now = await state();
      if (is(now)) return now;
      if (!now.isBusy) throw new Error(`the import is ${now.state}: ${now.stopped ?? ''}`);
      if (Date.now() - told > 15_000) {
        told = Date.now();
        say(
          `${now.state}: ${now.undo ? `${now.undo.done} of ${now.undo.of} undone` : `${now.position} rows`}, app ${memory.now()} MB`,
        );
      }
      await sleep(100);
    }
  };

  const cpuBefore = await cpuOf(app);
  const firstHalf = await timed(async () => {
    await ask('POST', `/${set}/run`);
    await until(({ position }) => position >= rows / 2);
    await ask('POST', `/${set}/cancel`);
  });
  await sleep(2000);
  const cancelled = await state();
  if (cancelled.state !== 'cancelled' || cancelled.position >= rows)
    throw new Error('it wasn’t cancelled in the middle');
  say(`cancelled at ${cancelled.position}`);
  const secondHalf = await timed(async () => {
    await ask('POST', `/${set}/run`);
    await until(({ state: name }) => name === 'done');
  });
  const cpuRun = (await cpuOf(app)) - cpuBefore;
  const done = await state();
  if (done.created !== rows || done.position !== rows) throw new Error(`${JSON.stringify(done)}`);
  const peakRun = memory.peak();
  const seconds = firstHalf + secondHalf;
  say(
    `imported in ${seconds.toFixed(0)} s, ${(rows / seconds).toFixed(0)} rows per second, app at most ${peakRun} MB`,
  );

  const raw = await importRaw(pool.db, postgres.url, {
    from: 'w_main',
    to: 'w_raw',
    file,
    columns: importColumns,
    chunk: 1000,
  });
  const rawSeconds = raw.copy + raw.inserts;
  say(`raw: COPY ${raw.copy.toFixed(1)} s, inserts ${raw.inserts.toFixed(1)} s, ${JSON.stringify(raw.rows)}`);

  memory.reset();
  const undoing = await timed(async () => {
    await ask('POST', `/${set}/undo`);
    await until(({ state: name }) => name === 'undone');
  });
  const undone = await state();
  const { rows: left } = await sql<{ count: number }>`
    select count(*)::int as count from w_main.contact where removed_at is null`.execute(pool.db);
  if (left[0]?.count !== 0 || undone.undo?.refusedCount !== 0) throw new Error('not all was undone');

  const per = (taken: number): string => `${Math.round(rows / taken).toLocaleString('en')} rows/s`;
  const report = `# The import of ${rows.toLocaleString('en')} contacts

\`npm run bench -- --import ${rows}\`, on ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, PostgreSQL embedded with durable settings, everything on this one machine, whose load average was ${loadBefore} when it began.

| | time | rate | app memory at most |
|---|---|---|---|
| upload, look through, guess | ${opened.toFixed(0)} s | ${per(opened)} | ${peakUpload} MB |
| import, all rules on, cancelled in the middle and resumed | ${seconds.toFixed(0)} s | ${per(seconds)} | ${peakRun} MB |
| the same inserts, events, keys and words in raw SQL, from COPY | ${rawSeconds.toFixed(0)} s | ${per(rawSeconds)} | |
| COPY alone, into a table without an index | ${raw.copy.toFixed(1)} s | ${per(raw.copy)} | |
| undo | ${undoing.toFixed(0)} s | ${per(undoing)} | ${memory.peak()} MB |

Ratio to raw SQL: **${(rawSeconds / seconds).toFixed(2)}** (aim ≥ 0.4). Processor time of the app: ${((cpuRun / rows) * 1000).toFixed(0)} µs a row. Rows written beside: ${Object.entries(
    raw.rows,
  )
    .map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
    .join(
      ', ',
    )}. Cancelled at row ${cancelled.position.toLocaleString('en')}; after the undo no contact was left.
`;
  console.log(report);
  if (process.argv.includes('--save')) await writeFile(`${root}bench/RESULTS-import.md`, report);
  await workspace.close();
} finally {
  if (app) await ended(app);
  await pool.close();
  await postgres.stop();
  if (!process.argv.includes('--keep')) {
    await rm(folder, { recursive: true, force: true });
    await rm(file, { force: true });
  }
}

/** The API key of an administrator of the workspace. */
async function administratorKey(system: Ctx): Promise<string> {
  const { model, schema } = system.workspace;
  const { rows: roles } = await sql<{ id: string }>`
    select id from ${sql.id(schema, 'role')} where code = 'administrator'`.execute(system.db);
  const [user] = await createRecords(system, entityOf(model, 'user'), [
    { name: 'Bench', email: 'bench@example.org', roles: roles.map(({ id }) => id) },
  ]);
  const { key } = await createApiKey(
    { db: system.db, schema, workspace: 'main', now: new Date() },
    { userId: user?.id ?? '', name: 'bench', createdBy: null, expiresAt: null },
  );
  return key;
}

async function startApp(url: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
    scripts: { start: string };
  };
  const child = spawn(
    process.execPath,
    [...(scripts.start.match(/--\S+/g) ?? []), `${root}src/server/main.ts`],
    {
      env: {
        ...process.env,
        DATABASE_URL: url,
        PORT: '0',
        RAPPORT_DATA: `${root}bench/data/import-app`,
        LOG_LEVEL: 'error',
        RAPPORT_REQUESTS_PER_MINUTE: '100000000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /running at http:\/\/127\.0\.0\.1:(\d+)/i.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
    child.once('exit', () => reject(new Error(`the app ended: ${said}`)));
  });
  return { child, port };
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(null);
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Looks at the resident memory of a process four times a second. */
function memoryOf({ pid }: ChildProcess) {
  let [now, peak] = [0, 0];
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    now = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    peak = Math.max(peak, now);
  };
  setInterval(() => void look(), 250).unref();
  return {
    now: () => now,
    peak: () => peak,
    reset: () => {
      peak = 0;
    },
  };
}

/** Milliseconds of processor time that a process has used. */
async function cpuOf({ pid }: ChildProcess): Promise<number> {
  const [user = 0, system = 0] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(' ').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}
