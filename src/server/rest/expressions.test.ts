import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

const same = (said: string) => labels(said, said, said);
const parcel = entity({
  name: 'parcel',
  plural: 'parcels',
  label: { one: same('Parcel'), many: same('Parcels') },
  title: 'name',
  fields: {
    name: text({ label: same('Name') }),
    canaryMargin: number({ label: same('Canary margin'), adminOnly: true }),
  },
  list: { columns: ['name'], sort: 'name' },
  form: [],
  access: { sales: { read: 'all' } },
});

let doors: TestDoors;
let sales: Caller;
let nobody: Caller;
beforeAll(async () => {
  doors = await testDoors({ more: [parcel] });
  sales = await doors.user('Sal');
  nobody = await doors.user('Nil', []);
});
afterAll(() => doors.close());

const check = (body: unknown, who = sales, plural = 'opportunities') =>
  who.program('POST', `/${plural}/expression/check`, body);
const complete = (body: unknown, who = sales, plural = 'opportunities') =>
  who.program('POST', `/${plural}/expression/complete`, body);

describe('the doors of expressions', () => {
  test('refuse who may not read the records, and bodies that aren’t right, by field', async () => {
    for (const ask of [check, complete]) {
      expect((await ask({ text: '' }, nobody)).status).toBe(403);
      expect((await ask({ text: '' }, sales, 'nowheres')).status).toBe(404);
      expect((await doors.call('POST', '/api/v1/opportunities/expression/check', { text: '' })).status).toBe(
        401,
      );
      for (const wrong of [{}, { text: 5 }, { text: null }, { text: 'x'.repeat(30_000) }]) {
        const { status, body } = await ask(wrong);
        expect([status, body.mistakes.map(({ field }) => field)]).toEqual([422, ['text']]);
      }
    }
    expect((await check({ text: 'x', notation: 'sql' })).body.mistakes[0]?.field).toBe('notation');
    expect((await complete({ text: 'x', at: -1 })).body.mistakes[0]?.field).toBe('at');
    expect((await check([])).status).toBe(400);
  });

  test('tell what is kept from a reader neither as a mistake nor as a suggestion', async () => {
    const heard = [
      await check({ text: 'canaryMargi > 5' }, sales, 'parcels'),
      await check({ text: 'CANARY' }, sales, 'parcels'),
      await complete({ text: '' }, sales, 'parcels'),
      await complete({ text: 'can' }, sales, 'parcels'),
    ];
    for (const answer of heard) {
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text.replaceAll('canaryMargi”', '').replaceAll('CANARY', '')).not.toMatch(
        /canaryM|Canary/,
      );
    }
    const { text: seen } = await complete({ text: 'can' }, doors.admin, 'parcels');
    expect(seen).toContain('canaryMargin');
  });

  test('check: mistakes with places and what was meant, in the reader’s language', async () => {
    const { body } = await sales.program(
      'POST',
      '/opportunities/expression/check',
      { text: 'amont > 5' },
      { 'accept-language': 'fr' },
    );
    expect(body).toMatchObject({
      formatted: null,
      tree: null,
      mistakes: [{ from: 0, to: 5, line: 1, column: 1, suggestions: ['amount'] }],
    });
    expect((await check({ text: '' })).body).toEqual({ mistakes: [], formatted: null, tree: null });
  });

  test('check: what is right in its tidy form and as rows, LN’s notation as ours', async () => {
    expect((await check({ text: 'amount>5  AND any( contacts )' })).body).toEqual({
      mistakes: [],
      formatted: 'amount > 5 and any(contacts)',
      tree: {
        join: 'all',
        not: false,
        of: [
          { path: 'amount', op: '>', value: { bare: '5' } },
          { relation: 'contacts', how: { is: 'any' }, of: { join: 'all', not: false, of: [] } },
        ],
      },
    });
    const { body } = await check({ text: '(R, amount) IN (1,5) (8,12) | few', notation: 'ln' });
    expect(body.mistakes).toEqual([]);
    expect((await check({ text: String(body['formatted']) })).body.mistakes).toEqual([]);
    expect((await check({ text: '(R, nowhere) = 1', notation: 'ln' })).body.mistakes).toHaveLength(1);
  });

  test('complete: what may follow, with names for people', async () => {
    const { body } = await complete({ text: 'stage = pro or amount', at: 11 });
    expect(body).toMatchObject({ from: 8, to: 11 });
    expect(body['options']).toContainEqual({
      label: 'proposal',
      detail: 'Proposal',
      kind: 'value',
      apply: 'proposal',
    });
    expect((await complete({ text: 'x', at: 9999 })).status).toBe(200);
  });
});
