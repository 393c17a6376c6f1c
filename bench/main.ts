import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { sql } from 'kysely';
import { rebuildWaiting } from '../src/engine/search/rebuild.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';
import { capture, portable } from './capture.ts';
import { contactsOf, fill, type Size, settle, sizes } from './data.ts';
import { exportLines } from './exports.ts';
import { addField } from './field.ts';
import { giveHistory } from './history.ts';
import { filterLines, sortLines } from './lists.ts';
import { measurePair } from './pairs.ts';
import { openPlace } from './place.ts';
import { reachLines } from './reach.ts';
import { readCases } from './read-cases.ts';
import { makeReaders } from './readers.ts';
import { refusedSort } from './refused-sort.ts';
import {
  exportsTable,
  fieldText,
  filtersTable,
  type Line,
  pairsTable,
  preface,
  reachTable,
  refusalText,
  sortsTable,
} from './report.ts';
import { searchCases } from './search-cases.ts';
import { ended, memoryOf, type Started, startApp, startRaw } from './servers.ts';
import { writeCases } from './write-cases.ts';

const loadBefore = loadavg()[0]?.toFixed(1);
const root = new URL('..', import.meta.url).pathname;
const words = process.argv.slice(2);
const has = (flag: string): boolean => words.includes(flag);
const sizeName = has('--large') ? 'large' : 'normal';
const size: Size = sizes[sizeName];
const rounds = has('--quick') ? 1 : 4;
/** `--only=create` measures what has a name that begins so: cases, and the chapters of the page. */
const only = words.find((word) => word.startsWith('--only='))?.slice(7) ?? '';
const isAsked = (name: string): boolean => name.startsWith(only);
const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

const folder = `${root}bench/data/${sizeName}`;
const postgres = await startPostgres({ dataDir: folder, log: await openLog('warn') });
const servers: Started[] = [];
const places: { close(): Promise<void> }[] = [];
try {
  const place = await openPlace(postgres.url, 'main', say);
  places.push(place);
  const { system } = place;
  const people = await fill(system, size, say);
  if (sizeName === 'large') await giveHistory(system, say);
  await settle(system, say);
  // What an earlier version made is brought up to this one's search first, not while it is measured.
  await rebuildWaiting(system, (entity, done, total) => {
    if (done === total || done % 100_000 === 0) say(`search: ${done} of ${total} ${entity.plural}`);
  });
  const readers = await makeReaders(system, people);
  const chapters: string[] = [];
  const chapter = async (name: string, make: () => Promise<string>): Promise<void> => {
    if (!isAsked(name)) return;
    say(name);
    const text = await make();
    chapters.push(text);
    console.log(`\n${text}`);
  };

  const cases = [
    ...(await readCases(readers.rep)),
    ...(await searchCases(readers.rep)),
    ...writeCases(readers.rep, await contactsOf(system.db, system.workspace, readers.rep.who.userId ?? '')),
  ].filter(({ name }) => isAsked(name));
  const [session] = await capture(readers.identify);
  if (!session) throw new Error('no statement identifies a key');
  // By a file: the environment of a process holds less than its statements.
  const setup = `${folder}-raw.json`;
  const statements = Object.assign({}, ...cases.map((each) => each.statements)) as unknown;
  await writeFile(
    setup,
    JSON.stringify({ url: postgres.url, session: portable(session), cases: statements }),
    { mode: 0o600 },
  );
  const app = await startApp(postgres.url);
  servers.push(app);
  const raw = await startRaw(setup);
  servers.push(raw);
  const lines: Line[] = [];
  for (const each of cases)
    for (const connections of [1, 10, 50])
      lines.push(await measurePair({ app, raw, key: readers.key, rounds, say }, each, connections));
  if (lines.length > 0) chapters.push(pairsTable(lines, rounds));

  await chapter('refused sorts', async () => refusalText(await refusedSort(readers.rep)));
  await chapter('sorts', async () => {
    const small = await openPlace(postgres.url, 'small', () => {});
    places.push(small);
    await fill(small.system, sizes.small, say);
    await settle(small.system, say);
    const [few, many] = [readers.administrator(small.system), readers.administrator(system)];
    return sortsTable(await sortLines(few, many), [sizes.small.contacts, size.contacts]);
  });
  await chapter('filters', async () => filtersTable(await filterLines(readers.rep)));
  await chapter('access', async () => reachTable(await reachLines(system, readers.rep.who)));
  const doors = { port: app.port, admin: readers.adminKey, key: readers.key };
  await chapter('export', async () =>
    exportsTable(
      await exportLines({ ...doors, superuserUrl: postgres.superuserUrl }, readers.administrator(system)),
    ),
  );
  await chapter('field', async () => {
    const own = await contactsOf(system.db, system.workspace, readers.rep.who.userId ?? '');
    const contact = own.at(-1);
    if (!contact) throw new Error('the bench has no contact to change');
    return fieldText(await addField({ ...doors, contact }));
  });

  const { rows } = await sql<{ version: string; events: number }>`
    select current_setting('server_version') as version,
      (select count(*) from ${sql.id(system.workspace.schema, 'event')}) as events`.execute(system.db);
  const page = [
    preface({
      command: words.join(' '),
      machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, PostgreSQL ${rows[0]?.version} (embedded, durable settings), everything on this one machine, whose load average was ${loadBefore} when the bench began`,
      size,
      events: rows[0]?.events ?? 0,
      memory: await memoryOf(app),
    }),
    ...chapters,
  ].join('\n');
  if (lines.length > 0) console.log(page);
  if (has('--save')) await writeFile(`${root}bench/RESULTS${sizeName === 'large' ? '' : '-normal'}.md`, page);
} finally {
  await Promise.all(servers.map(ended));
  for (const place of places) await place.close();
  await postgres.stop();
}
