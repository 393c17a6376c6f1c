import { sql } from 'kysely';
import type { Ctx, Db, Workspace } from '../src/engine/ctx.ts';
import { createRecords } from '../src/engine/record/verbs.ts';
import { newId } from '../src/lib/ids.ts';
import { entityOf } from '../src/model/declarations.ts';

/** How many records the bench works on. */
export interface Size {
  readonly accounts: number;
  readonly contacts: number;
  readonly opportunities: number;
  readonly tasks: number;
  readonly notes: number;
}

/** The contract's size, the large one, and the small one beside which pages must not have grown. */
export const sizes = {
  small: { accounts: 2_000, contacts: 10_000, opportunities: 5_000, tasks: 1_000, notes: 1_000 },
  normal: { accounts: 20_000, contacts: 100_000, opportunities: 50_000, tasks: 10_000, notes: 10_000 },
  large: { accounts: 200_000, contacts: 1_000_000, opportunities: 500_000, tasks: 100_000, notes: 100_000 },
} as const satisfies Record<string, Size>;

const givenNames = [
  'Amélie',
  'Bruno',
  'Chloé',
  'Diego',
  'Élodie',
  'Fatima',
  'Gérard',
  'Hélène',
  'Iñigo',
  'Julien',
  'Karim',
  'Lucía',
  'Márton',
  'Noémie',
  'Óscar',
  'Paula',
  'Quentin',
  'Renée',
  'Søren',
  'Tomás',
];
const surnames = [
  'Álvarez',
  'Bernard',
  'Castillo',
  'Dubois',
  'Echeverría',
  'Fournier',
  'García',
  'Hernández',
  'Iglesias',
  'Jiménez',
  'Kowalski',
  'Lefèvre',
  'Moreau',
  'Núñez',
  'Ortega',
  'Petit',
  'Quintana',
  'Rousseau',
  'Šimić',
  'Țurcanu',
  'Vasseur',
  'Weiß',
];
const trades = [
  'Boulangerie',
  'Conseil',
  'Distribución',
  'Engineering',
  'Fonderie',
  'Gráficas',
  'Hôtels',
  'Industries',
  'Jardines',
  'Logistics',
  'Maderas',
  'Networks',
  'Optique',
  'Papeteries',
  'Talleres',
  'Verrerie',
];
const cities = [
  'Paris',
  'Lyon',
  'Madrid',
  'Sevilla',
  'Nantes',
  'Bilbao',
  'Boston',
  'Denver',
  'Québec',
  'Genève',
];
const titles = [
  'Buyer',
  'Chief engineer',
  'Directrice commerciale',
  'Office manager',
  'Responsable de compras',
  'Technician',
  null,
];
const stages = ['prospecting', 'qualification', 'proposal', 'negotiation', 'closed-won'];

/** A small generator with a seed, so that every run makes the same records. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The user whose requests are measured, and his colleagues. */
export interface People {
  readonly reps: readonly { readonly id: string; readonly teams: readonly string[] }[];
}

/**
 * Fills the workspace through the product's own record verbs, in batches, up to `size`; what an earlier run made
 * is kept, so a stopped run goes on where it was.
 */
export async function fill(system: Ctx, size: Size, say: (line: string) => void): Promise<People> {
  const people = await makePeople(system);
  await forgetRuns(system);
  await grow(system, 'account', size.accounts, people, say, (random, place) => ({
    name: `${trades[random(trades.length)]} ${surnames[random(surnames.length)]} ${place}`,
    kind: random(3) === 0 ? 'customer' : 'prospect',
    industry: ['media', 'technology', 'retail', 'energy'][random(4)],
    phone: `+3314227${String(1000 + random(9000))}`,
    billingAddress: { city: cities[random(cities.length)], country: 'FR' },
  }));
  const accounts = await ids(system.db, system.workspace, 'account', 20_000);
  await grow(system, 'contact', size.contacts, people, say, (random, place) => ({
    name: { first: givenNames[random(givenNames.length)], last: `${surnames[random(surnames.length)]}` },
    email: `contact${place}@example.org`,
    phone: `+3461555${String(1000 + random(9000))}`,
    jobTitle: titles[random(titles.length)],
    account: accounts[random(accounts.length)],
  }));
  await grow(system, 'opportunity', size.opportunities, people, say, (random, place) => ({
    name: `${trades[random(trades.length)]} ${place}`,
    account: accounts[random(accounts.length)],
    stage: stages[random(stages.length)],
    amount: { amount: String(100 + random(100_000)), currency: random(5) === 0 ? 'USD' : 'EUR' },
    closeDate: dayOf(random),
  }));
  const about = (random: (below: number) => number) => ({
    entity: 'account',
    id: accounts[random(accounts.length)],
  });
  await grow(system, 'task', size.tasks, people, say, (random, place) => ({
    subject: `Call back ${place}`,
    priority: ['low', 'normal', 'high', 'urgent'][random(4)],
    due: dayOf(random),
    related: about(random),
  }));
  await grow(system, 'note', size.notes, people, say, (random, place) => ({
    title: `Visit ${place}`,
    text: `Talked about ${trades[random(trades.length)]} with ${surnames[random(surnames.length)]}.`,
    related: about(random),
  }));
  return people;
}

const dayOf = (random: (below: number) => number): string =>
  `20${String(26 + random(3))}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;

/** Brings what the database knows of its tables up to date, as it does by itself in time. */
export async function settle(system: Ctx, say: (line: string) => void): Promise<void> {
  say('vacuum');
  for (const table of [
    'account',
    'contact',
    'opportunity',
    'account_contact',
    'task',
    'note',
    'search_entry',
    'search_word',
    'event',
  ])
    await sql`vacuum analyze ${sql.id(system.workspace.schema, table)}`.execute(system.db);
}

/** Ids of live records, for requests that need one. */
export async function ids(db: Db, workspace: Workspace, table: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.id(workspace.schema, table)} where removed_at is null order by md5(id::text) limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** A contact somebody may change, with its version. */
export interface OwnContact {
  readonly id: string;
  readonly version: number;
}

/** The contacts of one owner. */
export async function contactsOf(db: Db, workspace: Workspace, owner: string): Promise<OwnContact[]> {
  const { rows } = await sql<OwnContact>`
    select id, version from ${sql.id(workspace.schema, 'contact')}
    where removed_at is null and owner_id = ${owner} order by md5(id::text) limit 40000`.execute(db);
  return rows;
}

/** Takes away what measured creates of earlier runs left, so that every run meets the size it states. */
async function forgetRuns(system: Ctx): Promise<void> {
  const { schema } = system.workspace;
  const gone = sql`(select id from ${sql.id(schema, 'contact')} where email_fold like 'bench%@example.org')`;
  for (const table of ['event', 'search_entry'])
    await sql`delete from ${sql.id(schema, table)} where record in ${gone}`.execute(system.db);
  await sql`delete from ${sql.id(schema, 'contact')} where email_fold like 'bench%@example.org'`.execute(
    system.db,
  );
}

async function makePeople(system: Ctx): Promise<People> {
  const schema = system.workspace.schema;
  const read = async () =>
    (
      await sql<{ id: string; teams: string[] }>`
      select id, member_of_ids as teams from ${sql.id(schema, 'user')} where email like 'rep%@example.org' order by email`.execute(
        system.db,
      )
    ).rows;
  const there = await read();
  if (there.length > 0) return { reps: there };
  const entity = (name: string) => entityOf(system.workspace.model, name);
  const teams = await createRecords(
    system,
    entity('team'),
    Array.from({ length: 5 }, (_, n) => ({ name: `Team ${n + 1}` })),
  );
  const { rows: roles } = await sql<{
    id: string;
  }>`select id from ${sql.id(schema, 'role')} where code = 'sales'`.execute(system.db);
  await createRecords(
    system,
    entity('user'),
    Array.from({ length: 20 }, (_, n) => ({
      name: `Rep ${n + 1}`,
      email: `rep${String(n + 1).padStart(2, '0')}@example.org`,
      roles: roles.map((role) => role.id),
      memberOf: [teams[n % teams.length]?.id],
    })),
  );
  return { reps: await read() };
}

async function grow(
  system: Ctx,
  name: string,
  count: number,
  people: People,
  say: (line: string) => void,
  make: (random: (below: number) => number, place: number) => Record<string, unknown>,
): Promise<void> {
  const entity = entityOf(system.workspace.model, name);
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from ${sql.id(system.workspace.schema, entity.table)}`.execute(system.db);
  const random = seeded(name.length * 7919 + (rows[0]?.count ?? 0));
  const started = performance.now();
  let made = rows[0]?.count ?? 0;
  const first = made;
  while (made < count) {
    const size = Math.min(1000, count - made);
    const batch = Array.from({ length: size }, (_, n) => {
      const rep = people.reps[random(people.reps.length)];
      return { ...make(random, made + n), owner: rep?.id, teams: rep?.teams };
    });
    await createRecords({ ...system, now: new Date(), batch: newId() }, entity, batch);
    made += size;
    if (made % 10_000 === 0)
      say(
        `${entity.plural}: ${made} of ${count}, ${Math.round((made - first) / ((performance.now() - started) / 1000))} per second`,
      );
  }
}
