import { readFile, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { sql } from 'kysely';
import { systemWho } from '../src/engine/ctx.ts';
import {
  corrupt,
  equalPairs,
  type Made,
  type Measured,
  measure,
  type Person,
  readPeople,
  seeded,
} from '../src/engine/duplicates/corrupted.fixture.ts';
import { scanPeople, writePeople } from '../src/engine/duplicates/trial.fixture.ts';
import { openPool } from '../src/engine/workspace/database.ts';
import { migrateWorkspace } from '../src/engine/workspace/migrate.ts';
import { openWorkspace } from '../src/engine/workspace/open.ts';
import { seedWorkspace } from '../src/engine/workspace/seed.ts';
import { crmModel } from '../src/server/app/crm-model.ts';
import { startPostgres } from '../src/server/boot/start-postgres.ts';
import { openLog } from '../src/server/log.ts';

/** What became of one trial. */
interface Trial {
  readonly name: string;
  readonly contacts: number;
  readonly equal: Measured;
  readonly found: Measured;
  readonly seconds: number;
  readonly megabytes: number;
}

/** Seeds of records that nobody looked at while choosing what counts how much. */
const unseen = [2027, 3141, 65_537];
const unseenCrowd = 271_828;

const say = (line: string): void => console.log(line);
const root = new URL('..', import.meta.url).pathname;
const counted = (value: number): string => value.toLocaleString('en');
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/**
 * Measures the search for duplicates: on the contacts of the `npsp` file, some typed twice with mistakes, and on as many
 * contacts as `--contacts=` says (100,000); each in a workspace of its own, dropped afterwards. `--save` keeps the table.
 */
async function duplicatesTrial(): Promise<void> {
  const given = process.argv.find((word) => word.startsWith('--contacts='))?.slice(11);
  const many = Number(given ?? 100_000);
  const file = await readFile(`${root}../shared/data/crm/npsp-contacts.csv`, 'utf8');
  const people = readPeople(file);
  const folder = `${root}bench/data/duplicates`;
  const postgres = await startPostgres({ dataDir: folder, log: await openLog('warn'), durable: false });
  const pool = openPool(postgres.url);
  try {
    const small = { twice: 400, families: 150, namesakes: 100, colleagues: 100 };
    // Points and threshold were chosen while looking at the first seed; nobody looked at what the others make.
    const trials = [await tried(pool.db, 'chosen by', corrupt(people, { seed: 4, ...small }))];
    for (const seed of unseen)
      trials.push(await tried(pool.db, `seed ${seed}`, corrupt(people, { seed, ...small })));
    if (many > 0) {
      const share = Math.round(many / 100);
      const crowd = crowdOf(people, many - share * 10);
      const made = corrupt(crowd, {
        seed: unseenCrowd,
        twice: share * 4,
        families: share * 3,
        namesakes: share * 2,
        colleagues: share,
      });
      trials.push(await tried(pool.db, `seed ${unseenCrowd}`, made));
    }
    const text = reported(trials);
    say(text);
    if (process.argv.includes('--save')) await writeFile(`${root}bench/RESULTS-duplicates.md`, text);
  } finally {
    await pool.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tried(
  db: ReturnType<typeof openPool>['db'],
  name: string,
  made: readonly Made[],
): Promise<Trial> {
  const place = { db, model: crmModel(), name: name.replaceAll(' ', '') };
  await migrateWorkspace(place);
  await seedWorkspace({ ...place, now: new Date() });
  const workspace = await openWorkspace(place);
  try {
    const ctx = {
      who: systemWho,
      workspace,
      locale: 'en',
      timeZone: 'UTC',
      now: new Date(),
      db,
      door: 'system',
      batch: null,
    } as const;
    say(`${name}: writing ${counted(made.length)} contacts`);
    const ids = await writePeople(ctx, made);
    await sql`analyze ${sql.id(workspace.schema, 'contact')}`.execute(db);
    say(`${name}: searching them`);
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 100);
    const begun = performance.now();
    const pairs = await scanPeople(ctx, ids).finally(() => clearInterval(watch));
    const seconds = (performance.now() - begun) / 1000;
    return {
      name,
      contacts: made.length,
      equal: measure(made, equalPairs(made)),
      found: measure(made, pairs),
      seconds,
      megabytes: most / 2 ** 20,
    };
  } finally {
    await workspace.close();
  }
}

/** Many people of the names in the file, at companies of five; a half has an e-mail, a half a phone. */
function crowdOf(people: readonly Person[], count: number): readonly Person[] {
  const random = seeded(unseenCrowd + 1);
  const [firsts, lasts] = [people.map(({ first }) => first), people.map(({ last }) => last)];
  const digits = (length: number): string => Array.from({ length }, () => random(10)).join('');
  return Array.from({ length: count }, (_, place): Person => {
    const [first = '', last = ''] = [firsts[random(firsts.length)], lasts[random(lasts.length)]];
    const email = `${first}.${last}${place}@firm${random(2000)}.example`.toLowerCase();
    return {
      first,
      last,
      email: random(2) === 0 ? email : null,
      phone: random(2) === 0 ? `${random(9) + 1}-(${digits(3)})${digits(3)}-${digits(4)}` : null,
      account: String(random(Math.max(1, Math.round(count / 5)))),
      title: null,
    };
  });
}

/** How many there were of each mistake, and found, in several trials together. */
function countedKinds(trials: readonly Trial[]): ReadonlyMap<string, { all: number; found: number }> {
  const sum = new Map<string, { all: number; found: number }>();
  for (const [kind, { all, found }] of trials.flatMap((trial) => [...trial.found.byKind])) {
    const before = sum.get(kind) ?? { all: 0, found: 0 };
    sum.set(kind, { all: before.all + all, found: before.found + found });
  }
  return sum;
}

function reported(trials: readonly Trial[]): string {
  const lines = trials.map(
    ({ name, contacts, equal, found, seconds, megabytes }) =>
      `| ${name} | ${counted(contacts)} | ${percent(found.precision)} | ${percent(found.recall)} | ${percent(found.recallOfTellable)} | ${percent(equal.precision)} | ${percent(equal.recall)} | ${seconds.toFixed(1)} s | ${counted(Math.round(contacts / seconds))} | ${Math.round(megabytes)} MB |`,
  );
  const kinds = [...countedKinds(trials.slice(1, 1 + unseen.length))].sort(([a], [b]) => (a < b ? -1 : 1));
  return `# The search for duplicates, measured

\`npm run bench -- --duplicates --save\` on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${new Date().toISOString().slice(0, 10)}.

The contacts of the \`npsp\` file whose name nobody else has, and as many as asked made of their names; some typed a second
time with one to three mistakes each, which are to be found; beside them who only looks like another: families with one
account, phone and perhaps e-mail, people of the same name elsewhere, colleagues at one phone. Same seeds, same records.
The points were *chosen by* the records of the first line; nobody looked at those of the other seeds: they say what is to
be expected. Nicknames aren’t among the mistakes, since the lists that find them would also make them.

*Precision*: of the pairs told, how many are one person. *Recall*: of those typed twice, how many were found; *of the
tellable*: of those that still have an account, a phone or the name of an e-mail in common (of the others nothing but a name
is left, which many share). *Equal values*: what the same e-mail, the same phone, or the same name and account would find.

| records of | contacts | precision | recall | of the tellable | equal values: precision | recall | searched in | per second | memory of the process |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${lines.join('\n')}

By mistake, in the lines of the seeds nobody looked at with as many contacts (most have several):

| mistake | found | of |
|---|---:|---:|
${kinds.map(([kind, { all, found }]) => `| ${kind} | ${found} | ${all} |`).join('\n')}
`;
}

await duplicatesTrial();
