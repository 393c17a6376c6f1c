import { describe, expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { money, moneyField } from './money.ts';

const field = fieldOf(money(anyLabel), 'amount');
const read = (input: unknown, before: { amount: string; currency: string } | null = null) =>
  outcome(moneyField.read(input, field, readEnv, before));

describe('refused', () => {
  test('money of another shape', () => {
    expect(read('12.50')).toEqual(['wrong-type']);
    expect(read(12.5)).toEqual(['wrong-type']);
    expect(read({ amount: '1', curency: 'EUR' })).toEqual(['unknown-part']);
    expect(read({ amount: ['1'] })).toEqual(['amount: wrong-type']);
  });

  test('an amount that doesn’t fit', () => {
    expect(read({ amount: '1.00005', currency: 'EUR' })).toEqual(['amount: too-many-decimals']);
    expect(read({ amount: '1e15', currency: 'EUR' })).toEqual(['amount: number-too-large']);
    expect(
      outcome(moneyField.read({ amount: '-1' }, fieldOf(money({ ...anyLabel, min: 0 })), readEnv)),
    ).toEqual(['amount: number-too-small']);
  });

  test('a currency that doesn’t exist or isn’t there, all mistakes at once', () => {
    expect(said(moneyField.read({ amount: '1', currency: 'EUT' }, field, readEnv))).toMatch(
      /did you mean E\w\w\?/,
    );
    expect(read({ amount: 'much', currency: 'euros' })).toEqual([
      'amount: not-a-number',
      'currency: currency-unknown',
    ]);
    expect(outcome(moneyField.read({ amount: '1' }, field, { ...readEnv, currency: null }))).toEqual([
      'currency: currency-missing',
    ]);
  });
});

describe('read', () => {
  test('with the decimals of its currency, more where they were given', () => {
    expect(read({ amount: '12.5', currency: 'eur' })).toEqual({ amount: '12.50', currency: 'EUR' });
    expect(read({ amount: '12.5555', currency: 'EUR' })).toEqual({ amount: '12.5555', currency: 'EUR' });
    expect(read({ amount: 1200, currency: 'JPY' })).toEqual({ amount: '1200', currency: 'JPY' });
    expect(read({ amount: '1', currency: 'KWD' })).toEqual({ amount: '1.000', currency: 'KWD' });
    expect(read({ amount: '7' })).toEqual({ amount: '7.00', currency: 'EUR' });
  });

  test('a part left out keeps its value', () => {
    const before = { amount: '100.00', currency: 'USD' };
    expect(read({ amount: '5' }, before)).toEqual({ amount: '5.00', currency: 'USD' });
    expect(read({ currency: 'JPY' }, before)).toEqual({ amount: '100', currency: 'JPY' });
    expect(read({ amount: null }, before)).toBeNull();
    expect(read(null, before)).toBeNull();
    expect(read({ currency: 'USD' })).toBeNull();
  });
});

describe('a cell of a file', () => {
  const cell = (text: string, currency: string | null = 'EUR', locale: 'en' | 'fr' = 'en') =>
    outcome(moneyField.readText(text, field, { ...readEnv, currency, locale }));

  test('that isn’t an amount is refused', () => {
    expect(cell('a lot')).toEqual(['not-a-number']);
    expect(cell('12.3.4')).toEqual(['not-a-number']);
    expect(cell('5 kr')).toEqual(['currency: currency-unknown']);
    expect(cell('5 XYZ')).toEqual(['currency: currency-unknown']);
    expect(cell('€')).toEqual(['not-a-number']);
  });

  test.each([
    ['811.0', { amount: '811' }],
    ['6.0E7', { amount: '60000000' }],
    ['$811', { amount: '811', currency: 'USD' }],
    ['($1,234.50)', { amount: '-1234.5', currency: 'USD' }],
    ['-$5', { amount: '-5', currency: 'USD' }],
    ['€ 1,234.50', { amount: '1234.5', currency: 'EUR' }],
    ['EUR 12', { amount: '12', currency: 'EUR' }],
    ['12 GBP', { amount: '12', currency: 'GBP' }],
    ['£12', { amount: '12', currency: 'GBP' }],
    ['CA$12', { amount: '12', currency: 'CAD' }],
    ['R$ 5', { amount: '5', currency: 'BRL' }],
  ])('“%s” is %j', (text, expected) => {
    expect(cell(text)).toEqual(expected);
  });

  test('is read by the language and the usual currency', () => {
    expect(cell('1 234,50 €', null, 'fr')).toEqual({ amount: '1234.5', currency: 'EUR' });
    expect(cell('$5', 'CAD')).toEqual({ amount: '5', currency: 'CAD' });
    expect(cell('5 kr', 'SEK')).toEqual({ amount: '5', currency: 'SEK' });
    expect(cell('¥500', 'JPY')).toEqual({ amount: '500', currency: 'JPY' });
  });

  test('of the currency alone is a code or a sign', () => {
    expect(outcome(moneyField.readText('usd', field, readEnv, 'currency'))).toBe('USD');
    expect(outcome(moneyField.readText('€', field, readEnv, 'currency'))).toBe('EUR');
    expect(outcome(moneyField.readText('USB', field, readEnv, 'currency'))).toEqual([
      'currency: currency-unknown-near',
    ]);
  });
});

test('four decimals of the column come back as people write the currency', () => {
  expect(moneyField.fromRow({ amount: '12.5000', amount_currency: 'EUR' }, field)).toEqual({
    amount: '12.50',
    currency: 'EUR',
  });
  expect(moneyField.fromRow({ amount: '1200.0000', amount_currency: 'JPY' }, field)).toEqual({
    amount: '1200',
    currency: 'JPY',
  });
});

test('it is shown in the reader’s way', () => {
  expect(moneyField.toText({ amount: '1234.50', currency: 'EUR' }, field, readEnv)).toBe('€1,234.50');
  expect(moneyField.toText({ amount: '1234.50', currency: 'EUR' }, field, { ...readEnv, locale: 'fr' })).toBe(
    '1\u202f234,50\u00a0€',
  );
});
