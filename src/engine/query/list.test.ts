import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fold } from '../../lib/fold.ts';
import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import type { RecordOut, Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { type ListOptions, listRecords } from './list.ts';
import { company, openReading, person, type Reading } from './reading.fixture.ts';

let reading: Reading;
beforeAll(async () => {
  reading = await openReading();
});
afterAll(() => reading.close());

async function refusal(work: Promise<unknown>): Promise<Problem> {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
}

/** All pages of a list, one after the other. */
async function walk(ctx: Ctx, o: ListOptions): Promise<readonly RecordOut[]> {
  const found: RecordOut[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page = await listRecords(ctx, person, { ...o, ...(after ? { after } : {}) });
    found.push(...page.items);
    after = page.next;
  }
  return found;
}

describe('a list refuses', () => {
  it('an unknown field in fields and sort, naming the one that was perhaps meant', async () => {
    for (const asked of [{ fields: ['nmae'] }, { sort: 'nmae' }, { fields: ['company.nmae'] }]) {
      const { code, message } = await refusal(listRecords(reading.ctx, person, asked));
      expect(code).toBe('invalid');
      expect(message).toContain('“name”');
    }
  });

  it('names that only JavaScript knows', async () => {
    for (const name of ['constructor', '__proto__', 'toString', '', ' ', 'company.', '.name']) {
      expect((await refusal(listRecords(reading.ctx, person, { fields: [name] }))).code).toBe('invalid');
      expect((await refusal(listRecords(reading.ctx, person, { sort: name || '-' }))).code).toBe('invalid');
    }
  });

  it('a page size beyond its bounds', async () => {
    for (const limit of [0, -1, 201, 1.5, Number.NaN]) {
      expect((await refusal(listRecords(reading.ctx, person, { limit }))).message).toContain('1 to 200');
    }
  });

  it('a cursor that is made up, or of another sort, filter or bin', async () => {
    await reading.put(person, [{ score: 1 }, { score: 2 }]);
    const { next } = await listRecords(reading.ctx, person, { sort: 'score', limit: 1 });
    expect(next).not.toBeNull();
    const after = next ?? '';
    const forged = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[];
    forged[2] = 'not a number';
    for (const asked of [
      { sort: '-score', after },
      { sort: 'score', after, where: 'score > 0' },
      { sort: 'score', after, removed: true },
      { sort: 'score', after: 'abc' },
      { sort: 'score', after: '' },
      { sort: 'score', after: '!!' },
      { sort: 'score', after: Buffer.from(JSON.stringify(forged)).toString('base64url') },
      { sort: 'score', after: Buffer.from(JSON.stringify(forged.slice(0, 2))).toString('base64url') },
    ]) {
      const { message } = await refusal(listRecords(reading.ctx, person, asked));
      expect(message).toContain('page marker');
    }
  });

  it('to sort by what has no order', async () => {
    for (const sort of ['about', 'teams', 'company,company,company,company,company,company,company']) {
      expect((await refusal(listRecords(reading.ctx, person, { sort }))).code).toBe('invalid');
    }
  });

  it('who may read no record of the entity', async () => {
    expect((await refusal(listRecords(reading.as({ roles: [] }), person))).code).toBe('forbidden');
  });
});

describe('pages of a list', () => {
  let firms: readonly string[];
  const team = newId();
  beforeAll(async () => {
    const teams = [team];
    firms = await reading.put(company, [
      { name: 'Alpha', teams },
      { name: 'beta', teams },
      { name: 'Émile', teams },
    ]);
  });

  const some = <T>(values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null);
  const records = fc.array(
    fc.record({
      score: some([1, 2, 3]),
      born: some(['2000-01-01', '2000-01-02']),
      stage: some(['new', 'won', 'lost']),
      active: fc.boolean(),
      value: some([
        { amount: '10', currency: 'EUR' },
        { amount: '9.5', currency: 'USD' },
      ]),
      last: some(['Zoé', 'zoe', 'Àb', 'b']),
      firm: some([0, 1, 2]),
    }),
    { maxLength: 14 },
  );
  const keys = ['score', 'born', 'stage', 'value', 'name', 'company', 'company.name', 'id', 'createdAt'];
  const sort = fc
    .array(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...keys)), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map((part) => part.join('')).join(','));

  it('put together equal the whole list in order, whatever the sort, the ties and the missing values', async () => {
    let batch = 0;
    await fc.assert(
      fc.asyncProperty(records, sort, fc.integer({ min: 1, max: 5 }), async (drawn, sorted, limit) => {
        // Each draw is told from the others by its owner, whose own records are all he may read.
        const owner = newId();
        batch += 1;
        const put: Values[] = drawn.map(({ last, firm, ...values }) => ({
          ...values,
          owner,
          createdAt: `2026-01-0${1 + (batch % 3)}T00:00:00.000Z`,
          id: newId(),
          name: last && { first: 'A', middle: null, last },
          company: firm === null ? null : (firms[firm] ?? null),
        }));
        if (put.length > 0) await reading.put(person, put);
        const seen = reading.as({ userId: owner, teams: [team] });
        const pages = await walk(seen, { sort: sorted, limit, fields: ['score'] });
        const whole = await listRecords(seen, person, { sort: sorted, limit: 200 });
        expect(pages.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
        expect(new Set(pages.map(({ id }) => id))).toEqual(new Set(put.map(({ id }) => id)));
        expect(whole.total).toBe(put.length);
        expectOrder(whole.items, sorted);
      }),
      { numRuns: 150 },
    );
  });

  /** Checks the order against the canonical values themselves: missing last, or first when descending. */
  function expectOrder(items: readonly RecordOut[], sorted: string): void {
    const parts = sorted
      .split(',')
      .map((part) => ({ name: part.replace('-', ''), down: part.startsWith('-') }));
    const rank = (record: RecordOut, name: string): number | string | null => {
      const value = record[name];
      if (name === 'stage') return value === null ? null : ['new', 'won', 'lost'].indexOf(String(value));
      if (name === 'value') return value === null ? null : Number((value as { amount: string }).amount);
      if (name === 'name') return value === null ? null : fold(`${(value as { last: string }).last} A`);
      if (name.startsWith('company'))
        return record.company === null ? null : fold((record.company as { label: string }).label);
      return value as number | string | null;
    };
    for (let index = 1; index < items.length; index++) {
      const [one, two] = [items[index - 1] as RecordOut, items[index] as RecordOut];
      let decided = false;
      for (const { name, down } of parts) {
        const [a, b] = [rank(one, name), rank(two, name)];
        if (a === b) continue;
        const before = a === null ? down : b === null ? !down : down ? a > b : a < b;
        expect(before, `${String(a)} before ${String(b)} by ${down ? '-' : ''}${name}`).toBe(true);
        decided = true;
        break;
      }
      if (!decided) expect(parts.at(-1)?.down ? one.id > two.id : one.id < two.id).toBe(true);
    }
  }

  it('cost one statement each, labels, related fields and count included', async () => {
    const ctx = reading.ctx;
    const first = await reading.statements(async () => {
      const page = await listRecords(ctx, person, {
        fields: ['name', 'company', 'company.name', 'teams', 'about'],
      });
      expect(page.total).toBeGreaterThan(0);
    });
    expect(first).toHaveLength(1);
    const { next } = await listRecords(ctx, person, { sort: '-score', limit: 2 });
    const second = await reading.statements(() =>
      listRecords(ctx, person, { sort: '-score', limit: 2, after: next ?? '' }),
    );
    expect(second).toHaveLength(1);
  });

  it('answer related fields under their path, references with labels, and the bin when asked', async () => {
    const owner = newId();
    const ctx = reading.as({ userId: owner, roles: ['clerk'] });
    const [firm] = firms;
    const [first] = await reading.put(person, [
      {
        owner,
        company: firm,
        about: { entity: 'company', id: firm },
        name: { first: 'Ana', middle: 'B', last: 'Díaz' },
      },
      { owner, removedAt: '2026-02-01T00:00:00.000Z', name: { first: 'Gone', middle: null, last: null } },
    ]);
    const { items } = await listRecords(ctx, person, {
      where: `owner = "${owner}"`,
      fields: ['name', 'company', 'company.name', 'about', 'name.last', 'company.owner'],
    });
    expect(items).toEqual([
      {
        id: first,
        version: 1,
        name: { first: 'Ana', middle: 'B', last: 'Díaz' },
        company: { id: firm, label: 'Alpha' },
        'company.name': 'Alpha',
        about: { entity: 'company', id: firm, label: 'Alpha' },
        'name.last': 'Díaz',
        'company.owner': null,
        can: { update: true, remove: true },
      },
    ]);
    const bin = await listRecords(ctx, person, {
      where: `owner = "${owner}"`,
      removed: true,
      fields: ['name'],
    });
    expect(bin.items.map(({ name }) => name)).toEqual([{ first: 'Gone', middle: null, last: null }]);
  });

  it('tell the total of an empty page, and none when not asked', async () => {
    expect(await listRecords(reading.ctx, person, { where: 'score = 77' })).toEqual({
      items: [],
      next: null,
      total: 0,
    });
    expect((await listRecords(reading.ctx, person, { count: 'none' })).total).toBeNull();
  });
});

describe('a long list', () => {
  const owner = newId();
  beforeAll(async () => {
    await reading.put(
      company,
      Array.from({ length: 10_003 }, (_, index) => ({
        owner,
        name: `Firm ${index}`,
        size: index % 10,
        email: `f${index}@x.fr`,
      })),
    );
  });

  it('is counted exactly up to 10,000 only, unless asked', async () => {
    const ctx = reading.as({ userId: owner });
    expect((await listRecords(ctx, company)).total).toBeNull();
    expect((await listRecords(ctx, company, { count: 'exact' })).total).toBe(10_003);
    expect((await listRecords(ctx, company, { where: 'size < 5' })).total).toBe(5003);
  });

  it('refuses a sort without an index beyond 10,000 matches, and takes it within', async () => {
    const ctx = reading.as({ userId: owner });
    const { message } = await refusal(listRecords(ctx, company, { sort: '-email' }));
    expect(message).toContain('10,000');
    const page = await listRecords(ctx, company, { sort: '-email', where: 'size = 3', limit: 1 });
    expect(page).toMatchObject({ total: 1000, items: [{ email: 'f9993@x.fr' }] });
  });
});
