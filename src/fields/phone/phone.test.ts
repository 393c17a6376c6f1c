import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { phone, phoneField } from './phone.ts';

const field = fieldOf(phone(anyLabel), 'phone');
const read = (
  input: unknown,
  before: { typed: string; e164: string | null } | null = null,
  country: string | null = 'FR',
) => outcome(phoneField.read(input, field, { ...readEnv, country }, before));

test('only what can’t be stored is refused', () => {
  expect(read('1'.repeat(61))).toEqual(['text-too-long']);
  expect(read('0142\u0000')).toEqual(['text-control-character']);
  expect(read(142685300)).toEqual(['wrong-type']);
  expect(read({ typed: 12 })).toEqual(['typed: wrong-type']);
  expect(read({ typed: '0142685300', e164: 'banana' })).toEqual(['e164: phone-e164']);
});

test('a number in use gets its international form', () => {
  expect(read('01 42 68 53 00')).toEqual({ typed: '01 42 68 53 00', e164: '+33142685300' });
  expect(read('+44 20 7946 0000', null, null)).toMatchObject({ e164: '+442079460000' });
  expect(read('(415) 901-7000', null, 'US')).toMatchObject({ e164: '+14159017000' });
});

test.each(['8-(931)511-3054', '3-(902)296-6183', 'ask for Ana', '123', '(555) 555-1212'])(
  '“%s” is kept as typed',
  (typed) => {
    expect(read(typed)).toEqual({ typed, e164: null });
  },
);

test('a number sent back keeps the form it had, whatever the sender’s country', () => {
  const before = { typed: '01 42 68 53 00', e164: '+33142685300' };
  expect(read(before, before, null)).toEqual(before);
  expect(read('01 42 68 53 00', before, 'US')).toEqual(before);
  expect(read(before, null, null)).toEqual(before);
  expect(read({ typed: '555 1234', e164: '+33142685300' }, null, null)).toEqual({
    typed: '555 1234',
    e164: null,
  });
});

test('filters find it as typed, by its digits and by its international form', () => {
  const column = phoneField.toRow({ typed: '3-(902)296-6183', e164: null }, field).phone_digits;
  expect(column).toBe('3-(902)296-6183 39022966183');
  expect(phoneField.toRow({ typed: '01 42 68 53 00', e164: '+33142685300' }, field).phone_digits).toBe(
    '01 42 68 53 00 0142685300 +33142685300',
  );
  expect(phoneField.paths(field)['']?.pick({ typed: '3-(902)296-6183', e164: null })).toBe(column);
});
