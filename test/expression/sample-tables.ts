import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../src/engine/ctx.ts';
import type { Relation, ResolvedPath } from '../../src/expression/tree.ts';
import { fieldType } from '../../src/fields/index.ts';
import type { Values } from '../../src/model/record.ts';
import { accounts, days, decimals, moments, teams, texts, users } from './generated-comparison.ts';
import { model, opportunity } from './sample-model.ts';

/** Records by entity and id, in canonical values. */
export type Sample = ReadonlyMap<string, ReadonlyMap<string, Values>>;

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3 });
const from = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const trimmed = texts.map((text) => text.replace(/\s+/g, ' '));
const whole = from([0, 1, 2, 3, 100, -3, 1_000_000]);
const moment = maybe(from(moments));

const system = {
  owner: maybe(from(users)),
  teams: fc.subarray([...teams]),
  createdBy: maybe(from(users)),
  createdAt: from(moments),
  updatedAt: from(moments),
  version: whole,
};

const accountValues = fc.record({
  ...system,
  name: maybe(from(trimmed)),
  territory: maybe(from(trimmed)),
  kind: maybe(from(['prospect', 'customer'])),
  employees: maybe(whole),
  address: maybe(
    fc.record({
      street: fc.constant(null),
      city: maybe(from(trimmed)),
      postalCode: fc.constant(null),
      region: fc.constant(null),
      country: maybe(from(['FR', 'ES'])),
    }),
  ),
  active: fc.boolean(),
  parent: maybe(from(accounts)),
});

const opportunityValues = fc.record({
  ...system,
  name: maybe(from(trimmed)),
  notes: maybe(from(trimmed)),
  amount: maybe(fc.record({ amount: from(decimals), currency: from(['EUR', 'USD']) })),
  fee: maybe(fc.record({ amount: from(decimals), currency: from(['EUR', 'USD']) })),
  discount: maybe(from(['0', '1.5', '100'])),
  seats: maybe(whole),
  weight: maybe(from(['0.000', '1.500', '99.999'])),
  closeDate: maybe(from(days)),
  nextCall: moment,
  urgent: fc.boolean(),
  stage: maybe(from(['new', 'proposal', 'closed-won', 'lost', 'parked', 'removed-from-the-list'])),
  interests: fc.oneof(fc.constant(null), fc.subarray(['golf', 'wine', 'solar-power'], { minLength: 1 })),
  account: maybe(from([...accounts, '01900000-0000-7000-8000-0000000000ff'])),
  about: maybe(fc.record({ entity: fc.constant('account'), id: from(accounts) })),
  contact: maybe(fc.record({ first: maybe(from(trimmed)), middle: fc.constant(null), last: from(trimmed) })),
  phone: maybe(fc.constant({ typed: '01 42 68 53 00', e164: '+33142685300' })),
  site: maybe(from(['https://example.com/', 'https://example.org/a_b'])),
});

const opportunityId = (n: number): string => `01900000-0000-7000-8000-0000000d${String(n).padStart(4, '0')}`;
const opportunityIds = [0, 1, 2, 3, 4, 5].map(opportunityId);

const visitValues = fc.record({
  ...system,
  removedAt: fc.option(from(moments), { freq: 1, nil: null }).map((at) => (at === moments[0] ? at : null)),
  topic: maybe(from(trimmed)),
  opportunity: maybe(from(opportunityIds)),
  host: maybe(from(users)),
  cost: maybe(fc.record({ amount: from(decimals), currency: from(['EUR', 'EUR', 'EUR', 'USD']) })),
  minutes: maybe(whole),
  day: maybe(from(days)),
  regarding: maybe(
    fc.oneof(
      fc.record({ entity: fc.constant('account'), id: from(accounts) }),
      fc.record({ entity: fc.constant('opportunity'), id: from(opportunityIds) }),
    ),
  ),
});

const userValues = fc.record({ ...system, name: maybe(from(trimmed)), email: fc.constant(null) });

/** A sample of records that a seed decides: users, accounts and some opportunities. */
export function sampleOf(seed: number, size: number): Sample {
  const of = (entity: string, values: fc.Arbitrary<Values>, ids: readonly string[], offset: number) => {
    const drawn = fc.sample(values, { seed: seed + offset, numRuns: ids.length });
    return [entity, new Map(ids.map((id, index) => [id, { ...drawn[index], id }]))] as const;
  };
  const ids = Array.from({ length: size }, (_, n) => opportunityId(n));
  const visits = Array.from(
    { length: 24 },
    (_, n) => `01900000-0000-7000-8000-0000000e${String(n).padStart(4, '0')}`,
  );
  return new Map([
    of('user', userValues, users, 1),
    of('team', userValues, teams, 5),
    of('visit', visitValues, visits, 4),
    of('account', accountValues, accounts, 2),
    of('opportunity', opportunityValues, ids, 3),
  ]);
}

/** The value of a path in a sample's opportunity; null where a reference leads nowhere. */
export function valueIn(sample: Sample, record: Values, path: ResolvedPath): unknown {
  let at: Values | undefined = record;
  for (const { field, to } of path.steps) at = sample.get(to.name)?.get(String(at?.[field.name]));
  return at ? path.comparable.pick(at[path.field.name] ?? null) : null;
}

/** The records of a relation that a sample's reader may see: all but visits of other teams and removed ones. */
export function relatedIn(
  sample: Sample,
  record: Values,
  relation: Relation,
  reader: { readonly me: string | null; readonly myTeams: readonly string[] },
): readonly Values[] {
  let base: Values | undefined = record;
  for (const { field, to } of relation.key.steps) base = sample.get(to.name)?.get(String(base?.[field.name]));
  if (!base) return [];
  const { via, to } = relation;
  const all = (entity: string): readonly Values[] =>
    [...(sample.get(entity)?.values() ?? [])].filter(
      (each) =>
        (each.removedAt ?? null) === null &&
        (entity !== 'visit' ||
          each.owner === reader.me ||
          (each.teams as string[]).some((team) => reader.myTeams.includes(team))),
    );
  if (via.is === 'ids') {
    const ids = base[relation.key.field.name] as readonly string[];
    return all(to.name).filter((each) => ids.includes(String(each.id)));
  }
  if (via.is === 'link') {
    const ids = all(via.entity.name)
      .filter((link) => link[via.from.name] === base.id)
      .map((link) => link[via.to.name]);
    return all(to.name).filter((each) => ids.includes(each.id));
  }
  return all(to.name).filter((each) => {
    const named = each[via.field.name] as string | { entity: string; id: string } | null;
    if (named === null || typeof named === 'string') return named === base.id;
    return named.entity === relation.key.entity.name && named.id === base.id;
  });
}

/** Creates the sample's tables as the fields declare them and fills them. */
export async function createSample(db: Db, schema: string, sample: Sample): Promise<void> {
  await sql`create schema ${sql.id(schema)}`.execute(db);
  for (const [name, records] of sample) {
    const entity = model.entities.get(name);
    if (!entity) throw new Error(name);
    const table = sql.id(schema, entity.table);
    const fields = Object.values(entity.fields);
    const columns = fields.flatMap((field) => fieldType(field.type).columns(field));
    await sql`create table ${table} (${sql.join(columns.map((column) => sql`${sql.id(column.name)} ${sql.raw(column.sql)}`))})`.execute(
      db,
    );
    for (const values of records.values()) {
      const row = Object.fromEntries(
        fields.flatMap((field) =>
          Object.entries(fieldType(field.type).toRow(values[field.name] ?? null, field)),
        ),
      );
      await sql`insert into ${table} (${sql.join(Object.keys(row).map((column) => sql.id(column)))}) values (${sql.join(Object.values(row))})`.execute(
        db,
      );
    }
  }
}

/** For each condition the ids of the opportunities it is true of; `conditions` is given the columns to build them with. */
export async function idsWhere(
  db: Db,
  schema: string,
  conditions: (column: (path: ResolvedPath) => RawBuilder<unknown>) => readonly RawBuilder<unknown>[],
): Promise<readonly (readonly string[])[]> {
  const aliases = new Map<string, string>([['', 'r']]);
  const joins: RawBuilder<unknown>[] = [];
  const built = conditions((path) => {
    let key = '';
    for (const { field, to } of path.steps) {
      const parent = aliases.get(key) ?? '';
      key += `.${field.name}`;
      if (aliases.has(key)) continue;
      const alias = `j${aliases.size}`;
      aliases.set(key, alias);
      const column = fieldType(field.type).paths(field)['']?.column ?? '';
      joins.push(
        sql`left join ${sql.id(schema, to.table)} ${sql.id(alias)} on ${sql.ref(`${alias}.id`)} = ${sql.ref(`${parent}.${column}`)}`,
      );
    }
    return sql.ref(`${aliases.get(key)}.${path.comparable.column}`);
  });
  const table = sql.id(schema, opportunity.table);
  const { rows } = await sql<{ id: string; holds: boolean[] }>`
    select r.id, array[${sql.join(built.map((each) => sql`(${each}) is true`))}] as holds
    from ${table} r ${sql.join(joins, sql` `)} order by r.id`.execute(db);
  return built.map((_, at) => rows.filter(({ holds }) => holds[at]).map(({ id }) => id));
}
