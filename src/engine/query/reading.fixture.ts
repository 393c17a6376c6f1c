import { sql } from 'kysely';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { anyReference } from '../../fields/any-reference/any-reference.ts';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { date } from '../../fields/date/date.ts';
import { email } from '../../fields/email/email.ts';
import { money } from '../../fields/money/money.ts';
import { number } from '../../fields/number/number.ts';
import { personName } from '../../fields/person-name/person-name.ts';
import { phone } from '../../fields/phone/phone.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { newId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import type { BaseValue } from '../../model/base-list.ts';
import type { Model } from '../../model/declarations.ts';
import { type Entity, entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { declaredRights } from '../access/declared-rights.ts';
import { type Ctx, systemWho, type Who } from '../ctx.ts';
import { rowOf } from '../record/codec.ts';
import { learnSql } from '../search/known-words.ts';
import { forgivingWords, searchWords } from '../search/words.ts';
import { systemEntities } from '../system/entities.ts';
import { openPool } from '../workspace/database.ts';
import { migrateWorkspace } from '../workspace/migrate.ts';

const same = (said: string): ReturnType<typeof labels> => labels(said, said, said);
const named = (one: string): { one: ReturnType<typeof labels>; many: ReturnType<typeof labels> } => ({
  one: same(one),
  many: same(`${one}s`),
});
const all = { create: 'all', read: 'all', update: 'all', remove: 'all' } as const;
const team = { create: 'all', read: 'team', update: 'own', remove: 'none' } as const;

/** A company of the tests: read by its owner and his teams, its margin by administrators only. */
export const company = entity({
  name: 'company',
  plural: 'companies',
  label: named('Company'),
  title: 'name',
  fields: {
    name: text({ label: same('Name'), required: true }),
    size: number({ label: same('Size') }),
    margin: number({ label: same('Margin'), adminOnly: true }),
    phone: phone({ label: same('Phone') }),
    email: email({ label: same('E-mail') }),
  },
  sorts: ['name', 'size', '-createdAt'],
  list: { columns: ['name', 'email', 'margin', 'size'], sort: 'name' },
  form: [{ label: same('Company'), fields: ['name', 'size', 'margin'] }],
  search: ['name', 'phone', 'email', 'margin'],
  importable: true,
  navigation: true,
  access: { sales: team, clerk: all },
});

/** A person of the tests: read by its owner alone. */
export const person = entity({
  name: 'person',
  plural: 'people',
  label: named('Person'),
  title: 'name',
  fields: {
    name: personName({ label: same('Name') }),
    company: reference({ label: same('Company'), to: 'company' }),
    stage: baseValue({ label: same('Stage'), list: 'stage' }),
    value: money({ label: same('Value') }),
    born: date({ label: same('Born') }),
    active: checkbox({ label: same('Active') }),
    score: number({ label: same('Score') }),
    about: anyReference({ label: same('About'), to: ['company', 'person'] }),
  },
  sorts: ['name', 'score', '-born', 'value', '-createdAt'],
  list: { columns: ['name', 'company', 'stage'], sort: 'name' },
  form: [{ label: same('Person'), fields: ['name'] }],
  board: { by: 'stage', sum: 'value', card: ['company'] },
  related: [{ entity: 'membership', via: 'person', columns: ['company'] }],
  search: ['name'],
  navigation: true,
  access: { sales: { ...team, read: 'own' }, clerk: all },
});

/** A link of the tests, with the access of its company. */
export const membership = entity({
  name: 'membership',
  plural: 'memberships',
  label: named('Membership'),
  title: 'person',
  fields: {
    company: reference({ label: same('Company'), to: 'company' }),
    person: reference({ label: same('Person'), to: 'person' }),
  },
  list: { columns: ['company', 'person'], sort: '-createdAt' },
  form: [],
  access: {
    sales: { read: { through: 'company' }, update: { through: 'company' }, remove: { through: 'company' } },
  },
});

const entities = [company, person, membership, ...systemEntities];

const stage = (code: string, position: number): BaseValue => ({
  id: newId(),
  list: 'stage',
  code,
  label: same(code.toUpperCase()),
  position,
  active: true,
  class: code === 'won' ? 'won' : 'open',
  probability: null,
  color: null,
});
const stages = [stage('new', 0), stage('won', 1), stage('lost', 2)];

const model: Model = {
  entities: new Map(entities.map((each) => [each.name, each])),
  byPlural: new Map(entities.map((each) => [each.plural, each])),
  stored: entities,
  lists: new Map([['stage', { name: 'stage', label: same('Stage'), values: [] }]]),
  rules: new Map(),
  verbs: new Map(),
  validations: new Map(),
  subscribers: new Map(),
};

/** A workspace of the test entities on a database of its own, and the statements that were sent to it. */
export interface Reading {
  readonly ctx: Ctx;
  /** The same request in another person's name. */
  as(who: Partial<Who>): Ctx;
  /** Puts records in as they are, with their search entries; answers their ids. */
  put(of: Entity, records: readonly Values[]): Promise<readonly string[]>;
  /** The statements sent while `work` ran. */
  statements(work: () => Promise<unknown>): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Makes the workspace; close it in `afterAll`. */
export async function openReading(): Promise<Reading> {
  const database: TestDatabase = await testDatabase({ empty: true });
  const { db, close } = openPool(database.url);
  await migrateWorkspace({ db, model, name: 'main' });
  const ctx: Ctx = {
    who: systemWho,
    workspace: {
      name: 'main',
      schema: 'w_main',
      model,
      declaredInCode: model,
      baseValues: {
        all: () => stages,
        find: (_, code) => stages.find((each) => each.code === code) ?? null,
      },
      rights: declaredRights,
      numbers: { find: () => null, pool: db, blocks: new Map() },
      matchingOf: () => null,
      mergedIds: new Map(),
      setupVersion: 0,
      currency: 'EUR',
      refresh: () => Promise.resolve(),
    },
    locale: 'en',
    timeZone: 'Europe/Paris',
    now: new Date('2026-11-22T09:00:00Z'),
    db,
    door: 'api',
    batch: null,
  };
  const put = async (of: Entity, records: readonly Values[]): Promise<readonly string[]> => {
    const whole = records.map((values) => ({ ...defaults(), ...values }));
    const table = sql.id('w_main', of.table);
    const rows = JSON.stringify(whole.map((values) => rowOf(of, values)));
    await sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`.execute(
      db,
    );
    const found = whole.map((values) => ({ record: values.id, ...searchWords(of, values) }));
    const entries = JSON.stringify(found);
    if (of.search.length > 0) {
      await learnSql('w_main', [...new Set(found.flatMap(forgivingWords))]).execute(db);
      await sql`insert into w_main.search_entry (entity, record, words, title)
        select ${of.name}, record, array_to_tsvector(words), title
        from jsonb_to_recordset(${entries}::jsonb) as e(record uuid, words text[], title text)`.execute(db);
    }
    return whole.map((values) => values.id as string);
  };
  const statements = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const sent: string[] = [];
    const send = pg.Client.prototype.query;
    const listening = function (this: pg.Client, ...given: unknown[]): unknown {
      sent.push(typeof given[0] === 'string' ? given[0] : JSON.stringify(given[0]));
      return Reflect.apply(send, this, given);
    };
    pg.Client.prototype.query = listening as typeof send;
    try {
      await work();
    } finally {
      pg.Client.prototype.query = send;
    }
    return sent;
  };
  return {
    ctx,
    as: (who) => ({
      ...ctx,
      who: { userId: newId(), name: 'Somebody', roles: ['sales'], teams: [], ...who },
    }),
    put,
    statements,
    close: async () => {
      await close();
      await database.close();
    },
  };
}

const defaults = (): Values => ({
  id: newId(),
  version: 1,
  owner: null,
  teams: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});
