import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldOf, readEnv } from '../../test/harness/field.ts';
import { labels, locales } from '../lib/locale.ts';
import { tell } from '../lib/message.ts';
import type { Field } from '../model/field.ts';
import type { FieldType } from './field-type.ts';
import { fieldType, fieldTypes } from './index.ts';

const env = readEnv;
const values = [
  { code: 'hot', label: labels('Hot', 'Chaud', 'Caliente') },
  { code: 'cold', label: labels('Cold', 'Froid', 'Frío') },
];
const optionsByType: Readonly<Record<string, Record<string, unknown>>> = {
  choice: { values },
  'multi-choice': { values },
  'base-value': { list: 'lead-source' },
  reference: { to: 'account' },
  references: { to: 'team' },
  'any-reference': { to: ['account', 'contact'] },
  serial: { prefix: 'S-' },
};

const sample = (type: string, options = optionsByType[type] ?? {}): Field =>
  fieldOf({ type, options, ...(type === 'serial' ? { readOnly: true, unique: true } : {}) });

const cases = [...fieldTypes.values()].map((type): [string, FieldType, Field] => [
  type.name,
  type,
  sample(type.name),
]);

/** What a database driver hands back for what was written: numerics with all their decimals, moments as dates. */
function stored(
  type: FieldType,
  field: Field,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const columns = new Map(type.columns(field).map((column) => [column.name, column.sql]));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const sql = columns.get(name) ?? '';
      const scale = /^numeric\(\d+,(\d+)\)$/.exec(sql)?.[1];
      if (typeof value === 'string' && scale !== undefined) {
        const [whole = '', decimals = ''] = value.split('.');
        return [name, Number(scale) > 0 ? `${whole}.${decimals.padEnd(Number(scale), '0')}` : whole];
      }
      return [name, typeof value === 'string' && sql === 'timestamptz' ? new Date(value) : value];
    }),
  );
}

const hostile: readonly unknown[] = [
  {},
  [],
  [[]],
  [null],
  [{}],
  { a: 1 },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": 1}'),
  { amount: {}, currency: [] },
  { typed: {} },
  { id: {} },
  { entity: '__proto__', id: 'x' },
  { source: '', key: '' },
  { source: 'a\u0000b', key: 'x' },
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e308,
  -1.5,
  '\u0000',
  'a\u0000b',
  'a\ud800b',
  '__proto__',
  'x'.repeat(1_000_000),
  '9'.repeat(1_000_000),
  `1.${'0'.repeat(200_000)}1x`,
  ' '.repeat(200_000),
  '(((((((((',
  '1e999999999',
  true,
  () => 1,
  Symbol('s'),
  10n,
];

describe('the list of field types', () => {
  test('refuses the name of a type that doesn’t exist', () => {
    expect(() => fieldType('colour')).toThrow('no field type is called colour');
    expect(() => fieldType('__proto__')).toThrow();
  });

  test('holds every type under its own name', () => {
    expect(fieldTypes.size).toBe(23);
    for (const [name, type] of fieldTypes) expect(type.name).toBe(name);
  });
});

describe.each(cases)('%s', (_name, type, field) => {
  test('refuses hostile input with a mistake, or reads something it can store, and never throws', () => {
    for (const input of hostile) {
      const read = type.read(input, field, env);
      if ('mistakes' in read) {
        expect(read.mistakes.length).toBeGreaterThan(0);
        for (const mistake of read.mistakes) {
          for (const locale of locales) {
            const told = tell(locale, mistake.message, mistake.params);
            expect(told).not.toMatch(/\{\w+\}/);
            expect(told.length).toBeLessThan(2000);
          }
        }
      } else {
        expect(JSON.stringify(type.toRow(read.value, field)) ?? '').not.toContain('\\u0000');
      }
    }
  });

  test('refuses hostile text of a file the same way, in the field and in each of its parts', () => {
    const parts = [undefined, ...Object.keys(type.textParts?.(field) ?? {})];
    for (const input of hostile) {
      if (typeof input !== 'string') continue;
      for (const part of parts) {
        const read = type.readText(input, field, env, part);
        if ('mistakes' in read) expect(read.mistakes.length).toBeGreaterThan(0);
        else expect(JSON.stringify(read.value)).not.toContain('\\u0000');
      }
    }
  });

  test('reads any JSON without throwing, and what it accepts survives storing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (input) => {
        const read = type.read(input, field, env);
        if ('mistakes' in read || read.value === null || holdsExternalKey(read.value)) return;
        expect(type.fromRow(stored(type, field, type.toRow(read.value, field)), field)).toEqual(read.value);
      }),
      { numRuns: 300 },
    );
  });

  test('reads any text of a file without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (cell) => {
        type.readText(cell, field, env);
      }),
      { numRuns: 300 },
    );
  });

  test('takes null, nothing and blanks as empty, and stores empty as empty', () => {
    const empty = type.name === 'checkbox' ? false : null;
    for (const input of [null, undefined, '', '   '])
      expect(type.read(input, field, env)).toEqual({ value: empty });
    expect(type.readText('  ', field, env)).toEqual({ value: null });
    expect(type.fromRow(type.toRow(null, field), field)).toBe(empty);
  });

  test('accepts its own example, which survives storing and reading again', () => {
    const read = type.read(type.example(field), field, env);
    if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
    expect(read.value).not.toBeNull();
    const row = type.toRow(read.value, field);
    expect(Object.keys(row).sort()).toEqual(
      type
        .columns(field)
        .map((column) => column.name)
        .sort(),
    );
    expect(type.fromRow(stored(type, field, row), field)).toEqual(read.value);
    expect(type.read(read.value, field, env)).toEqual(read);
    expect(type.read(JSON.parse(JSON.stringify(read.value)), field, env, read.value)).toEqual(read);
  });

  // Records are named by text that the import looks up.
  const isReference = type.target?.(field).to === 'records';
  test.skipIf(isReference)('writes its example into cells of a file that read back as the same value', () => {
    const read = type.read(type.example(field), field, env);
    if ('mistakes' in read || read.value === null) throw new Error('the example is refused');
    const cells = type.cells?.(field) ?? { '': String };
    const parts: Record<string, unknown> = {};
    let whole: unknown = null;
    for (const [part, cell] of Object.entries(cells)) {
      expect(['', ...Object.keys(type.textParts?.(field) ?? {})]).toContain(part);
      const text = cell(read.value);
      const found = type.readText(text ?? '', field, env, part === '' ? undefined : part);
      if ('mistakes' in found) throw new Error(JSON.stringify(found.mistakes));
      if (part === '') whole = found.value;
      else if (found.value !== null) parts[part] = found.value;
    }
    const isSplit = Object.keys(cells).some((part) => part !== '');
    const input = isSplit ? { ...(whole as object | null), ...parts } : whole;
    expect(type.read(input, field, env)).toEqual(read);
  });

  test('names columns that exist in each path, picks from its value what the column holds', () => {
    const columns = new Set(type.columns(field).map((column) => column.name));
    expect(columns.size).toBe(type.columns(field).length);
    for (const comparable of Object.values(type.paths(field))) {
      expect(columns).toContain(comparable.column);
      if (comparable.exact !== undefined) expect(columns).toContain(comparable.exact);
      if (comparable.sort !== undefined) expect(columns).toContain(comparable.sort);
      expect(comparable.pick(null)).toBe(comparable.kind === 'boolean' ? false : null);
    }
    if (type.sortable) expect(type.paths(field)).toHaveProperty(['']);
  });

  test('has names for all columns below PostgreSQL’s limit of a field’s name of 40 letters', () => {
    for (const column of type.columns({ ...field, name: 'a'.repeat(40) }))
      expect(column.name.length).toBeLessThan(64);
  });

  test('shows its example to people of each language', () => {
    const read = type.read(type.example(field), field, env);
    if ('mistakes' in read || read.value === null) throw new Error('the example is refused');
    for (const locale of locales) expect(type.toText(read.value, field, { ...env, locale })).toMatch(/\S/);
  });

  test('describes itself in JSON Schema, and is declared rightly here', () => {
    for (const direction of ['in', 'out'] as const) {
      const schema = type.jsonSchema(field, direction);
      expect(schema).toSatisfy((it: Record<string, unknown>) => 'type' in it || 'oneOf' in it);
    }
    expect(type.verify?.(field) ?? []).toEqual([]);
  });

  test('points at what it says it may point at', () => {
    const read = type.read(type.example(field), field, env);
    if ('mistakes' in read || read.value === null) throw new Error('the example is refused');
    expect(type.target === undefined).toBe(type.pointsAt === undefined);
    if (type.pointsAt) expect(type.pointsAt(read.value, field).length).toBeGreaterThan(0);
  });
});

test('a reference sent as another system’s key is handed to the engine as it is, and never stored so', () => {
  const key = { source: 'npsp', key: '12' };
  for (const [name, sent] of [
    ['reference', key],
    ['references', [key]],
    ['any-reference', { entity: 'account', ...key }],
  ] as const) {
    const type = fieldType(name);
    const field = sample(name);
    expect(type.read(sent, field, env)).toEqual({ value: sent });
    expect(type.pointsAt?.(sent, field)).toEqual([]);
    expect(() => type.toRow(sent, field)).toThrow('not resolved');
  }
});

test('a reference is read as doors answer it', () => {
  const id = '01932c07-a000-7000-8000-000000000001';
  expect(
    fieldType('reference').read({ id: id.toUpperCase(), label: 'Acme' }, sample('reference'), env),
  ).toEqual({ value: id });
  expect(fieldType('references').read([{ id, label: null }, id], sample('references'), env)).toEqual({
    value: [id],
  });
  expect(
    fieldType('any-reference').read({ entity: 'contact', id, label: 'x' }, sample('any-reference'), env),
  ).toEqual({
    value: { entity: 'contact', id },
  });
});

test('a declaration’s mistakes are reported', () => {
  const verify = (type: string, options: Record<string, unknown>): readonly string[] =>
    fieldType(type).verify?.(sample(type, options)) ?? [];
  expect(verify('decimal', { scale: 12 })).toHaveLength(1);
  expect(verify('decimal', { scale: 2, min: 'low' })).toHaveLength(1);
  expect(verify('decimal', { min: 5, max: 1 })).toHaveLength(1);
  expect(verify('number', { min: 1.5 })).toHaveLength(1);
  expect(verify('text', { max: 5000 })).toHaveLength(1);
  expect(verify('reference', {})).toHaveLength(1);
  expect(verify('reference', { to: ['account', 'contact'] })).toHaveLength(1);
  expect(verify('any-reference', { to: ['account', 'account'] })).toHaveLength(1);
  expect(verify('base-value', {})).toHaveLength(1);
  expect(verify('choice', { values: [] })).toHaveLength(1);
  expect(verify('choice', { values: [values[0], values[0]] })).toEqual(['the code hot is declared twice']);
  expect(verify('multi-choice', { values: [{ ...values[0], code: "o'odd" }] })).toHaveLength(1);
});

function holdsExternalKey(value: unknown): boolean {
  return JSON.stringify(value).includes('"source"');
}
