import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { sql } from 'kysely';
import type { Ctx } from '../src/engine/ctx.ts';
import { rebuildWaiting } from '../src/engine/search/rebuild.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { seedWorkspace } from '../src/engine/workspace/seed.ts';
import { entityOf } from '../src/model/declarations.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { createApiKey } from '../src/server/auth/api-keys.ts';
import { identifyKey } from '../src/server/auth/identify.ts';
import { readApiKey } from '../src/server/auth/token.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';
import { benchCases } from './cases.ts';
import { contactsOf, fill, sizes } from './data.ts';
import { load, type MakeRequest, type Measured, measured, type Run } from './load.ts';
import { type Line, table } from './report.ts';

/** The product or the yardstick, in one case. */
interface Side extends Started {
  readonly make: MakeRequest;
  readonly runs: Run[];
  cpu: number;
}

interface Started {
  readonly child: ChildProcess;
  readonly port: number;
}

const loadBefore = loadavg()[0]?.toFixed(1);
const root = new URL('..', import.meta.url).pathname;
const has = (flag: string): boolean => process.argv.includes(flag);
const size = has('--large') ? 'large' : 'normal';
const rounds = has('--quick') ? 1 : 4;
/** `--only=create` measures the cases whose name begins so. */
const only = process.argv.find((word) => word.startsWith('--only='))?.slice(7) ?? '';
/** The flags with which `npm start` runs the app: the bench runs it so too. */
const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as {
  scripts: { start: string };
};
const flags = scripts.start.match(/--\S+/g) ?? [];
const say = (line: string): void => console.log(line);

const folder = `${root}bench/data/${size}`;
const postgres = await startPostgres({ dataDir: folder, log: await openLog('warn') });
const pool = openPool(postgres.url);
const children: ChildProcess[] = [];
try {
  const model = crmModel();
  const place = { db: pool.db, model, name: 'main' };
  await migrateWorkspace({ ...place, log: say });
  await seedWorkspace({ ...place, now: new Date() });
  const workspace = await openWorkspace(place);
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
  const people = await fill(system, sizes[size], say);
  // What an earlier version made is brought up to this one's search first, not while it is measured.
  await rebuildWaiting(system, (entity, done, total) => {
    if (done === total || done % 10_000 === 0) say(`search: ${done} of ${total} ${entity.plural}`);
  });
  const rep = people.reps[0];
  if (!rep) throw new Error('the bench has nobody to act as');
  const { key } = await createApiKey(
    { db: pool.db, schema: workspace.schema, workspace: 'main', now: new Date() },
    { userId: rep.id, name: 'bench', createdBy: null, expiresAt: null },
  );
  const ctx: Ctx = {
    ...system,
    who: { userId: rep.id, name: 'Rep', roles: ['sales'], teams: rep.teams },
    door: 'api',
  };
  const own = await contactsOf(pool.db, workspace, rep.id);
  const look = { db: pool.db, workspace, now: new Date() };
  const cases = await benchCases(ctx, entityOf(model, 'contact'), entityOf(model, 'opportunity'), own, () =>
    identifyKey(look, readApiKey(key)?.secret ?? ''),
  );

  const app = await start(
    'src/server/main.ts',
    /running at http:\/\/127\.0\.0\.1:(\d+)/i,
    {
      DATABASE_URL: postgres.url,
      PORT: '0',
      RAPPORT_DATA: `${root}bench/data/app`,
      RAPPORT_REQUESTS_PER_MINUTE: '100000000',
      LOG_LEVEL: 'error',
    },
    flags,
  );
  // By a file: the environment of a process holds less than its statements.
  const setup = `${folder}-raw.json`;
  await writeFile(setup, JSON.stringify({ url: postgres.url, session: cases.session, cases: cases.raw }), {
    mode: 0o600,
  });
  const raw = await start('bench/raw-server.ts', /listening (\d+)/, { RAW_SETUP: setup });
  const lines: Line[] = [];
  for (const each of cases.all.filter(({ name }) => name.startsWith(only))) {
    for (const connections of [1, 10, 50]) {
      // A warm-up of each, then turn and turn about in short runs, so that both meet the same machine.
      const sides: [Side, Side] = [
        { ...raw, make: each.raw, runs: [], cpu: 0 },
        { ...app, make: (n) => each.app(n, key), runs: [], cpu: 0 },
      ];
      let from = 0;
      for (const side of sides) await load({ port: side.port, connections, seconds: 0.5, make: side.make });
      for (let round = 0; round < rounds; round += 1) {
        for (const side of sides) {
          const before = await cpuOf(side.child);
          side.runs.push(await load({ port: side.port, connections, seconds: 1, make: side.make, from }));
          side.cpu += (await cpuOf(side.child)) - before;
        }
        from += sides[0].runs.at(-1)?.times.length ?? 0;
      }
      const [yardstick, ours] = [measured(sides[0].runs), measured(sides[1].runs)];
      lines.push({ name: each.name, connections, ours, yardstick, aim: each.aim });
      const failed = ours.failures + yardstick.failures;
      const perRequest = (cpu: number, of: Measured): string => `${(cpu / of.requests).toFixed(2)} ms`;
      say(
        `${each.name}, ${connections} at once: ${ours.perSecond.toFixed(0)} per second (${perRequest(sides[1].cpu, ours)} of processor each), raw ${yardstick.perSecond.toFixed(0)} (${perRequest(sides[0].cpu, yardstick)}), ratio ${(ours.perSecond / yardstick.perSecond).toFixed(2)}${failed > 0 ? `, ${failed} FAILED` : ''}`,
      );
    }
  }
  const status = await readFile(`/proc/${app.child.pid}/status`, 'utf8');
  const memory = (name: string): string =>
    `${Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)} MB`;
  const { rows } = await sql<{
    version: string;
  }>`select current_setting('server_version') as version`.execute(pool.db);
  const report = table(lines, {
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, PostgreSQL ${rows[0]?.version} (embedded, durable settings), everything on this one machine, whose load average was ${loadBefore} when the bench began`,
    size: sizes[size],
    seconds: rounds,
    memory: `${memory('VmRSS')} resident at the end, ${memory('VmHWM')} at its highest`,
  });
  say(report);
  if (has('--save')) await writeFile(`${root}bench/RESULTS${size === 'large' ? '-large' : ''}.md`, report);
  await workspace.close();
} finally {
  await Promise.all(children.map(ended));
  await pool.close();
  await postgres.stop();
}

/** Ends a process, which still has a database to say goodbye to. */
function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(null);
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Milliseconds of processor time that a process has used. */
async function cpuOf(child: ChildProcess): Promise<number> {
  const [user = 0, system = 0] = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(' ').slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

async function start(
  file: string,
  ready: RegExp,
  env: Record<string, string>,
  nodeFlags: readonly string[] = [],
): Promise<Started> {
  const child = spawn(process.execPath, [...nodeFlags, root + file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
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
