import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { restoreArchive } from '../src/engine/archive/restore-archive.ts';
import { writeArchive } from '../src/engine/archive/write-archive.ts';
import type { Ctx } from '../src/engine/ctx.ts';
import { type FormatName, openExport } from '../src/engine/export/open-export.ts';
import { planExport } from '../src/engine/export/plan-export.ts';
import { analyse } from '../src/engine/import/analyse.ts';
import { filePieces } from '../src/engine/import/read/pieces.ts';
import { openTable } from '../src/engine/import/read/table-reader.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { prepareWorkspace } from '../src/engine/workspace/prepare.ts';
import { entityOf } from '../src/model/declarations.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';
import { fill } from './data.ts';

const root = new URL('..', import.meta.url).pathname;
const say = (line: string): void => console.log(line);
const count = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 100_000);
const loadBefore = loadavg()[0]?.toFixed(1);

/** A phase of the trial, as its line of the table tells it. */
interface Phase {
  readonly what: string;
  readonly rows: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** By how many megabytes the process grew meanwhile, at its highest. */
  readonly grown: number;
}

const phases: Phase[] = [];
const folder = await mkdtemp(join(tmpdir(), 'rapport-files-trial-'));
await chmod(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: await openLog('warn') });
const pool = openPool(postgres.url);
try {
  const place = { db: pool.db, model: crmModel(), name: 'main' };
  await prepareWorkspace(place);
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
  await fill(system, { accounts: 2_000, contacts: count, opportunities: 0, tasks: 0, notes: 0 }, say);

  for (const format of ['csv', 'jsonl', 'xlsx'] as const) {
    const path = join(folder, `contacts.${format}`);
    await measured(`export as ${format}`, path, () => exported(system, format, path));
    await measured(`read ${format} for an import`, path, async () => {
      const { rows } = await analyse(await openTable(await filePieces(path), path));
      insist(rows === count, `${rows} rows of ${format} were read`);
      return rows;
    });
  }
  const raw = join(folder, 'raw.csv');
  await measured('COPY of the same rows as CSV', raw, () => copied(system, raw));

  const path = join(folder, 'all.zip');
  const whole = await measured(
    'archive of the workspace',
    path,
    async () => (await writeArchive(system, { path })).rows,
  );
  await measured('archive restored, with indexes and search', path, async () => {
    const { rows } = await restoreArchive({ ...place, name: 'copy', path });
    insist(rows === whole, `${rows} of ${whole} rows were restored`);
    return rows;
  });
  await workspace.close();
  const report = table();
  say(report);
  if (process.argv.includes('--save')) await writeFile(`${root}bench/RESULTS-files.md`, report);
} finally {
  await pool.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function exported(ctx: Ctx, format: FormatName, path: string): Promise<number> {
  const file = await openExport(ctx, entityOf(ctx.workspace.model, 'contact'), { format });
  try {
    await writeFile(path, file.chunks);
    return file.progress().rows;
  } finally {
    await file.close();
  }
}

/** The same statement through COPY, its rows counted by the server. */
async function copied(ctx: Ctx, path: string): Promise<number> {
  const { text } = planExport(ctx, entityOf(ctx.workspace.model, 'contact'), {});
  const client = new pg.Client({ connectionString: postgres.superuserUrl.replace(/\/[^/]*$/, '/rapport') });
  await client.connect();
  try {
    await writeFile(path, '');
    await chmod(path, 0o666);
    return (await client.query(`copy (${text}) to '${path}' (format csv)`)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function measured(what: string, path: string, work: () => Promise<number>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await sleep(20)) peak = Math.max(peak, process.memoryUsage.rss());
  })();
  const begun = performance.now();
  const rows = await work();
  const seconds = (performance.now() - begun) / 1000;
  isOver = true;
  await watching;
  const grown = Math.max(0, Math.round((peak - before) / 1024 ** 2));
  phases.push({ what, rows, seconds, megabytes: (await stat(path)).size / 1e6, grown });
  say(`${what}: ${rows} rows in ${seconds.toFixed(1)} s, ${grown} MB more at the highest`);
  return rows;
}

function insist(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function table(): string {
  const n = (value: number): string => Math.round(value).toLocaleString('en');
  return `# Files, measured

\`npm run bench -- --files --save\` makes this page: ${n(count)} contacts with their accounts and history, in a database of the
trial’s own, are exported, read back as an import reads them before its first row, archived and restored. The trial stops with
an error when a row is missing.

- Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, everything on this one machine, whose load average was ${loadBefore} when the trial began.
- Memory is what the process that does the work grew by, at its highest, garbage included.

| what | rows | seconds | rows per second | MB of the file | MB of memory |
|---|---|---|---|---|---|
${phases.map(({ what, rows, seconds, megabytes, grown }) => `| ${what} | ${n(rows)} | ${seconds.toFixed(1)} | ${n(rows / seconds)} | ${megabytes.toFixed(1)} | ${n(grown)} |`).join('\n')}
`;
}
