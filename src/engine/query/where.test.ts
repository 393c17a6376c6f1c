import fc from 'fast-check';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { teams, users } from '../../../test/expression/generated-comparison.ts';
import { expressionText } from '../../../test/expression/generated-expression.ts';
import { codes, model, opportunity } from '../../../test/expression/sample-model.ts';
import {
  createSample,
  idsWhere,
  relatedIn,
  sampleOf,
  valueIn,
} from '../../../test/expression/sample-tables.ts';
import { type TestDatabase, testDatabase } from '../../../test/harness/database.ts';
import { compileExpression } from '../../expression/compile.ts';
import { evaluate, type RecordValues } from '../../expression/evaluate.ts';
import type { Values } from '../../model/record.ts';
import { declaredRights } from '../access/declared-rights.ts';
import type { Ctx } from '../ctx.ts';
import { type OpenPool, openPool } from '../workspace/database.ts';
import { askEnv, whereSql } from './where.ts';

const scope = { entity: opportunity, model, codes };
const baseValue = (list: string, code: string) => codes(list).find((value) => value.code === code) ?? null;

const ctxOf = (db: Ctx['db']): Ctx => ({
  who: { userId: users[0] ?? null, name: 'Ana', roles: ['sales'], teams: teams.slice(0, 2) },
  workspace: {
    name: 'x',
    schema: 'x',
    model,
    declaredInCode: model,
    currency: 'EUR',
    rights: declaredRights,
    numbers: { find: () => null, pool: db, blocks: new Map() },
    matchingOf: () => null,
    mergedIds: new Map(),
    setupVersion: 0,
    baseValues: { all: codes, find: baseValue },
    refresh: async () => {},
  },
  locale: 'en',
  timeZone: 'Europe/Paris',
  now: new Date('2026-11-22T09:00:00Z'),
  db,
  door: 'api',
  batch: null,
});

/** A database that only writes statements. */
const compilingDb = (): Ctx['db'] =>
  new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

describe('an expression as SQL', () => {
  const db = compilingDb();

  const compiled = (text: string) =>
    sql`${whereSql(compileExpression(text, scope), {
      ctx: ctxOf(db),
      column: ({ steps, comparable }) =>
        sql.ref([...steps.map(({ field }) => field.name), comparable.column].join('.')),
    })}`.compile(db);

  test.each([
    ['name = "Émile"', '"name_fold" = $1::text', ['emile']],
    ['name starts with "50%_\\"', '"name_fold" like $1', ['50\\%\\_\\\\%']],
    ['seats in (1, 2)', '"seats" = any($1::bigint[])', [['1', '2']]],
    ['seats > 1.5', '"seats" > $1::numeric', ['1.5']],
    ['version = 99999999999999999999', '"version" = $1::numeric', ['99999999999999999999']],
    ['amount in 100..500', '("amount" >= $1::numeric and "amount" <= $2::numeric)', ['100', '500']],
    ['owner = me', '"owner_id" = $1::uuid', [users[0]]],
    ['teams in my teams', '"teams_ids" && $1::uuid[]', [teams.slice(0, 2)]],
    ['stage.class = open', '"stage" = any($1::text[])', [['new', 'proposal']]],
    [
      'createdAt = today',
      '("created_at" >= $1::timestamptz and "created_at" < $2::timestamptz)',
      ['2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
    ],
    [
      'not (account.name = "a" or seats > 3)',
      '(("account"."name_fold" = $1::text) is not true and ("seats" > $2::bigint) is not true)',
      ['a', '3'],
    ],
  ])('%s is parametrised and plain enough for indexes', (text, written, parameters) => {
    const query = compiled(text);
    expect([query.sql, query.parameters]).toEqual([written, parameters]);
  });

  test('never holds a text that somebody wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0')),
        (text) => {
          const { sql: written } = compiled(
            `name = "${text.replaceAll('"', '""')}" and name contains "${text.replaceAll('"', '""')}"`,
          );
          expect(written).toBe('("name_fold" = $1::text and "name_fold" like $2)');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a calculation as SQL', () => {
  const db = compilingDb();
  const written = (text: string) =>
    sql`${whereSql(compileExpression(text, scope), { ctx: ctxOf(db), column: ({ comparable }) => sql.ref(comparable.column) })}`.compile(
      db,
    );

  test('holds no text that somebody wrote', () => {
    const { sql: query, parameters } = written(
      `concat(name, "'; drop") = "x'" and matches(name, "^a'(b-z)$") and any(visits, topic contains "'y")`,
    );
    expect(query).not.toMatch(/drop|x'|'y|b-z/);
    expect(JSON.stringify(parameters)).toContain('drop');
  });

  test.each([
    ['money', (of: string) => `coalesce(${of}, fee)`, 'amount'],
    ['money in conditions', (of: string) => `if(${of} > 1, amount, fee)`, 'amount'],
    ['money added', (of: string) => `(${of} + fee)`, 'amount'],
    ['days', (of: string) => `(${of} + 1 month)`, 'closeDate'],
    ['days by number', (of: string) => `(${of} + seats)`, 'closeDate'],
    ['text', (of: string) => `left(${of}, length(name))`, 'name'],
  ])('grows with its text, not faster: %s', (_, around, start) => {
    const nested = (depth: number) => Array.from({ length: depth }).reduce<string>((of) => around(of), start);
    const length = (depth: number) => written(`${nested(depth)} is empty`).sql.length;
    expect(length(16) - length(12)).toBeLessThan(2 * (length(8) - length(4)));
  });
});

describe('the database and the evaluator', () => {
  let database: TestDatabase;
  let pool: OpenPool;
  // An index, so that a failure prints a number rather than every record.
  const samples = [11, 22, 33, 44].map((seed) => ({ schema: `sample_${seed}`, sample: sampleOf(seed, 24) }));

  beforeAll(async () => {
    database = await testDatabase({ empty: true });
    pool = openPool(database.url, { max: 2 });
    for (const { schema, sample } of samples) await createSample(pool.db, schema, sample);
  });

  afterAll(async () => {
    await pool.close();
    await database.close();
  });

  test('hold a day at the ends of the calendar, however far it is moved', async () => {
    const days = 'date(9999-12-31) - date(0001-01-01)';
    const texts = [
      `(closeDate - (${days})) = date(0001-01-01)`,
      `(closeDate + (${days})) = date(9999-12-31)`,
      `((closeDate - (${days})) + 1) = date(0001-01-02)`,
      'closeDate is not empty',
    ];
    const ctx = ctxOf(pool.db);
    const [{ schema }] = samples as [(typeof samples)[number]];
    const found = await idsWhere(pool.db, schema, (column) =>
      texts.map((text) =>
        whereSql(compileExpression(text, scope), {
          ctx: { ...ctx, workspace: { ...ctx.workspace, schema } },
          column,
        }),
      ),
    );
    expect(found[3]?.length).toBeGreaterThan(0);
    for (const ids of found.slice(0, 3)) expect(ids).toEqual(found[3]);
  });

  test('agree about ten thousand expressions', async () => {
    // Many at once, so that a statement answers for them all; fast-check prints the seed and shrinks to the one.
    const together = 50;
    const ctx = ctxOf(pool.db);
    const reader = askEnv(ctx);
    let some = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(expressionText(), { minLength: together, maxLength: together }),
        fc.nat({ max: samples.length - 1 }),
        async (texts, index) => {
          const { schema, sample } = samples[index]!;
          const valuesOf = (record: Values): RecordValues => ({
            value: (path) => valueIn(sample, record, path),
            baseValue,
            related: (relation) => relatedIn(sample, record, relation, reader).map(valuesOf),
          });
          const compiled = texts.map((text) => compileExpression(text, scope));
          const records = [...(sample.get('opportunity')?.values() ?? [])];
          const found = await idsWhere(pool.db, schema, (column) =>
            compiled.map((each) =>
              whereSql(each, { ctx: { ...ctx, workspace: { ...ctx.workspace, schema } }, column }),
            ),
          );
          for (const [at, each] of compiled.entries()) {
            const wanted = records
              .filter((record) => evaluate(each, valuesOf(record), reader))
              .map(({ id }) => id);
            expect({ text: each.text, ids: found[at] }).toEqual({ text: each.text, ids: wanted });
            if (wanted.length > 0 && wanted.length < records.length) some += 1;
          }
        },
      ),
      {
        numRuns: 10_000 / together,
        plugins: [fc.interruptAfterTimeLimit(100_000, { failOnInterrupt: true })],
      },
    );
    // Expressions that are true of all or of nothing would prove little.
    expect(some).toBeGreaterThan(4_000);
  });
});
