import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors();
});
afterAll(() => doors.close());

const id = '01934f2a-7c1e-7b3a-9d5e-3f2a1b4c5d6e';
const strange: readonly unknown[] = [
  1,
  -1,
  0.1,
  1e300,
  2 ** 53,
  true,
  false,
  '',
  ' ',
  'x',
  'x'.repeat(5000),
  // Letters that take two places, wherever something is cut.
  `a${'𠮷'.repeat(34)}`,
  `Ab ${'🚀'.repeat(6)} cd`,
  `x.${'𠮷'.repeat(30)}@${'🚀'.repeat(65)}`,
  [],
  {},
  [[]],
  [null],
  [{}],
  [id, id],
  { id },
  { id: 1 },
  { source: 'a', key: 'b' },
  { entity: 'account', id },
  { entity: 'nonsense', id },
  id,
  'NaN',
  'Infinity',
  '1e9',
  '1e999999',
  '-0',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31',
  '10000-01-01',
  '2026-11-22T25:00:00Z',
  '+999999-01-01T00:00:00Z',
  { amount: '1e999', currency: 'EUR' },
  { amount: '99999999999999999999', currency: 'EUR' },
  { amount: '1', currency: '€' },
  { amount: null, currency: 'EUR' },
  { typed: 1 },
  { typed: 'x', e164: '+1' },
  { street: 1 },
  { country: 'XX' },
  { first: [] },
  { last: 'x'.repeat(5000) },
  { last: `a${'𠮷'.repeat(34)}` },
  'a@b',
  '\u202e\u200b',
  '\r\n',
  '%',
  "'; drop table x; --",
  '{1,2}',
  '\\x00',
  'javascript:alert(1)',
  'http://',
  'me',
  'today',
];

test('no value of any field of any entity is an error of ours, and what is refused names its field', async () => {
  let refused = 0;
  for (const entity of doors.workspace.model.entities.values()) {
    for (const field of Object.keys(entity.fields)) {
      const told = (value: unknown, text: string): string =>
        `${entity.name}.${field} = ${JSON.stringify(value).slice(0, 80)}: ${text.slice(0, 200)}`;
      const all = await doors.admin.program(
        'POST',
        `/${entity.plural}`,
        strange.map((value) => ({ [field]: value })),
      );
      expect(all.status, told('all of them', all.text)).toBeLessThan(500);
      const wrong = new Set(
        (all.body.mistakes ?? []).map((mistake) => mistake.field.split('.', 2).join('.')),
      );
      refused += wrong.size;
      // What wasn't refused for its own sake goes on alone, as far as it gets.
      for (const value of strange.filter((_, index) => !wrong.has(`[${index}].${field}`))) {
        const one = await doors.admin.program('POST', `/${entity.plural}`, { [field]: value });
        expect(one.status, told(value, one.text)).toBeLessThan(500);
      }
    }
  }
  expect(refused).toBeGreaterThan(2000);
});

test('no parameter of any list is an error of ours', async () => {
  const texts = [
    'x',
    "'",
    '"',
    '%',
    '\\',
    '(',
    'id',
    'id = 1',
    `id = "${id}"`,
    'name = name',
    'null',
    '*',
    ',',
    '-',
    '--',
    'a.b.c.d.e.f',
    'owner.owner.owner',
    '1'.repeat(400),
    'not '.repeat(400),
    '('.repeat(400),
    '\u0000',
    '\ud7ff',
    'createdAt > today - 999999999',
    'version > 1e400',
    'name in ()',
    'today',
  ];
  for (const plural of ['accounts', 'contacts', 'opportunities', 'users', 'import-batches']) {
    for (const parameter of ['where', 'sort', 'fields', 'after', 'limit', 'count', 'removed']) {
      for (const text of texts) {
        const answer = await doors.admin.program(
          'GET',
          `/${plural}?${parameter}=${encodeURIComponent(text)}`,
        );
        expect(
          answer.status,
          `${plural}?${parameter}=${text.slice(0, 60)}: ${answer.text.slice(0, 200)}`,
        ).toBeLessThan(500);
      }
    }
    for (const parameter of ['where', 'by', 'sums', 'exact']) {
      for (const text of texts) {
        const answer = await doors.admin.program(
          'GET',
          `/${plural}/totals?${parameter}=${encodeURIComponent(text)}`,
        );
        expect(
          answer.status,
          `${plural}/totals?${parameter}=${text.slice(0, 60)}: ${answer.text.slice(0, 200)}`,
        ).toBeLessThan(500);
      }
    }
  }
  for (const text of texts) {
    for (const address of [
      `/search?q=${encodeURIComponent(text)}`,
      `/search?q=x&entities=${encodeURIComponent(text)}`,
      `/accounts/${id}/history?after=${encodeURIComponent(text)}`,
    ]) {
      const answer = await doors.admin.program('GET', address);
      expect(answer.status, `${address.slice(0, 80)}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
    }
  }
});
