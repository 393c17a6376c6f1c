import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { account, codes, model, opportunity } from '../../../test/expression/sample-model.ts';
import { locales } from '../../lib/locale.ts';
import { Problem, problemDocument } from '../../lib/problem.ts';
import type { Values } from '../../model/record.ts';
import { evaluate } from '../evaluate.ts';
import type { ExpressionError } from '../mistakes.ts';
import { clockAt } from '../moments.ts';
import { compileLn } from './compile-ln.ts';
import type { LnNames } from './read-ln.ts';

const scope = { entity: opportunity, model, codes };
const attributes: Readonly<Record<string, string>> = {
  segment: 'name',
  seats: 'seats',
  since: 'closeDate',
  weight: 'weight',
  phase: 'stage',
  note: 'notes',
};
const names: LnNames = {
  field: (name) => ({ 'tdsmi110.nama': 'name', 'tdsmi110.seats': 'seats' })[name] ?? null,
  attribute: (object, name) => (object === 'R' ? (attributes[name] ?? null) : null),
  attributes: (object) => (object === 'R' ? ['name', 'notes'] : []),
};

const holds = (text: string, record: Values = {}, now = '2026-11-22T09:00:00Z'): boolean | null => {
  const compiled = compileLn(text, scope, names);
  if (!compiled) return null;
  const env = { ...clockAt(new Date(now), 'Europe/Paris'), me: null, myTeams: [] };
  return evaluate(
    compiled,
    { value: (path) => path.comparable.pick(record[path.field.name] ?? null), baseValue: () => null },
    env,
  );
};

function refusal(text: string, locale: 'en' | 'fr' | 'es' = 'en') {
  try {
    compileLn(text, scope, names);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return problemDocument(error, locale) as {
      mistakes: { code: string; message: string }[];
      errors: ExpressionError[];
    };
  }
  return null;
}

describe('a selection in LN’s notation is refused', () => {
  test.each([
    ['(R, segment) = ', 1, 16, 'ln-unexpected'],
    ['(R, sgment) = "gold"', 1, 1, 'ln-unknown-name'],
    ['(C, segment) = "gold"', 1, 1, 'ln-unknown-name'],
    ['tdsmi110.nma = "x"', 1, 1, 'ln-unknown-name'],
    ['((R, seats) = 1', 1, 16, 'ln-unexpected'],
    ['(R, seats) = 1)', 1, 15, 'ln-unexpected'],
    ['(R, segment) = "gold', 1, 16, 'ln-unexpected'],
    ['(R, seats) IN (1,5', 1, 19, 'ln-unexpected'],
    ['(R, seats) IN (1;5)', 1, 17, 'ln-unexpected'],
    ['(R, seats) = 1 | a comment\n  and (R, seats) = "x"', 2, 20, 'expression-wrong-type'],
    ['(R, segment) IN "(abc"', 1, 17, 'expression-bad-pattern'],
    ['(R, segment) IN "*a"', 1, 17, 'expression-bad-pattern'],
    ['(R, since) = date("2026-02-30")', 1, 14, 'expression-bad-date'],
    ['('.repeat(80), 1, 66, 'ln-too-deep'],
  ])('%j at line %i, column %i', (text, line, column, code) => {
    const told = refusal(text);
    expect(told?.mistakes[0]?.code).toBe(code);
    expect(told?.errors[0]).toMatchObject({ line, column });
  });

  test('in the reader’s language', () => {
    expect(locales.map((locale) => refusal('(R, x) = 1', locale)?.mistakes[0]?.message)).toEqual([
      '“(R, x)” names no field or attribute',
      '«\u00a0(R, x)\u00a0» ne désigne ni un champ ni un attribut',
      '«(R, x)» no designa ningún campo ni atributo',
    ]);
  });
});

describe('AT-SEL', () => {
  test.each([
    ['"marketing" IN "ket"', true],
    ['"marketing" IN "^ket$"', false],
    ['"marketing" IN "^m"', true],
    ['"marketing" IN "^k"', false],
    ['"marketing" IN "g$"', true],
    ['"marketing" IN "m.r"', true],
    ['"marketing" IN "(^a-z)"', false],
    ['"marketing" IN "ma*r*k"', true],
    ['"marketing" IN "^(a-l)"', false],
    ['"marketing" IN "Ket"', false],
    ['"say ""hi""" IN """hi"""', true],
  ])('1: %s is %s', (text, answer) => {
    expect(holds(text)).toBe(answer);
    expect(
      holds(text.replace(/^"(?:[^"]|"")*"/, '(R, segment)'), {
        name: JSON.parse(text.startsWith('"say') ? '"say \\"hi\\""' : '"marketing"'),
      }),
    ).toBe(answer);
  });

  test.each([0, 1, 5, 6, 7, 8, 12, 13])('2: %i in (1,5) (8,12)', (seats) => {
    expect(holds('(R, seats) IN (1,5) (8,12)', { seats })).toBe([1, 5, 8, 12].includes(seats));
  });

  test.each([
    ['2026-01-29', true],
    ['2026-01-28', false],
    ['2026-03-15', true],
    ['2026-03-16', false],
    [null, false],
  ])('3: on 15 March %s lies in the last 45 days: %s', (closeDate, answer) => {
    const text = '(R, since) >= today - 45 and (R, since) <= today';
    expect(holds(text, { closeDate }, '2026-03-15T09:00:00Z')).toBe(answer);
  });

  test('4: a or b and not c is a or (b and (not c))', () => {
    const [a, b, c] = ['(R, seats) = 1', '(R, weight) = 1.5', '(R, segment) = "c"'];
    for (const seats of [0, 1])
      for (const weight of ['1.500', '2'])
        for (const name of ['c', 'd']) {
          const record = { seats, weight, name };
          const wanted = seats === 1 || (weight === '1.500' && name !== 'c');
          expect(holds(`${a} or ${b} and not ${c}`, record)).toBe(wanted);
          expect(holds(`${a} or (${b} and (not ${c}))`, record)).toBe(wanted);
        }
  });

  test('5: a selection with nothing in it is no criterion', () => {
    expect(compileLn('', scope, names)).toBeNull();
    expect(compileLn('  | a text only\n', scope, names)).toBeNull();
  });

  test('8: what follows a vertical bar is ignored, and 1.5 is one and a half', () => {
    expect(holds('(R, weight) = 1.5 | and (R, nothing) = "x" )', { weight: '1.500' })).toBe(true);
    expect(holds('(R, weight) > 1.4 | first\nand (R, weight) < 1.6', { weight: '1.500' })).toBe(true);
  });
});

describe('a selection in LN’s notation', () => {
  test.each([
    ['(R, seats) = 2+6*3', { seats: 20 }, true],
    ['(R, seats) = (2+6)*3', { seats: 24 }, true],
    ['(R, seats) \\ 3 = 1', { seats: 7 }, true],
    ['(R, segment) = "gold"', { name: 'gold' }, true],
    ['(R, segment) = "gold"', { name: 'Gold' }, false],
    ['"gold" = (R, segment)', { name: 'Gold' }, false],
    ['(R, segment) <> "gold"', {}, true],
    ['(R, seats) < 3', {}, false],
    ['tdsmi110.nama = "gold" and tdsmi110.seats = 7', { name: 'gold', seats: 7 }, true],
    ['(R, ...) IN "solar"', { name: 'a', notes: 'we do solar power' }, true],
    ['(R, ...) IN "solar"', { name: 'a' }, false],
    ['(R, phase) = "proposal"', { stage: 'proposal' }, true],
    ['(R, since) = date("2026-11-22")', { closeDate: '2026-11-22' }, true],
    ['(R, since) - today = 3', { closeDate: '2026-11-25' }, true],
    ['(R, seats) IN (-3,-1)', { seats: -2 }, true],
    ['NOT (R, seats) = 1 AND (R, seats) IN (1,3)', { seats: 2 }, true],
  ] as const)('%s of %j is %s', (text, record, answer) => {
    expect(holds(text, record)).toBe(answer);
  });

  test('names fields of the entity it is for', () => {
    expect(() => compileLn('(R, seats) = 1', { ...scope, entity: account }, names)).toThrow(Problem);
  });

  test('of any words is read or refused with places, whatever they are', () => {
    const words =
      '(|)|,|"gold"|"^a(b-c)*$"|"|1.5|(R, segment)|(R, seats)|(R, since)|(R, ...)|tdsmi110.nama|=|<>|<|IN|in (1,5) (8,12)|and|or|not|+|*|\\|-|today|date("2026-11-22")|😀|\0';
    const pieces = fc.constantFrom(...words.split('|'), '| comment\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const text = parts.join(' ');
        for (const { from, to } of refusal(text)?.errors ?? [])
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
