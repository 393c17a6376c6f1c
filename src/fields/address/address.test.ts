import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv, said } from '../../../test/harness/field.ts';
import { type Address, address, addressField } from './address.ts';

const field = fieldOf(address(anyLabel), 'billingAddress');
const paris: Address = {
  street: '12 rue de la Paix\nBât. B',
  city: 'Paris',
  postalCode: '75002',
  region: null,
  country: 'FR',
};
const read = (input: unknown, before: Address | null = null) =>
  outcome(addressField.read(input, field, readEnv, before));

test('every part’s mistakes are reported at once', () => {
  expect(read({ street: 12, city: 'a\nb', country: 'Atlantis' })).toEqual([
    'street: wrong-type',
    'city: text-line-break',
    'country: country-unknown',
  ]);
  expect(read({ zip: '75002' })).toEqual(['unknown-part']);
  expect(read('12 rue de la Paix, Paris')).toEqual(['wrong-type']);
  expect(said(addressField.read({ country: 'Frnce' }, field, readEnv))).toBe(
    '“Frnce” isn’t a country; did you mean France?',
  );
});

test('a part left out keeps its value, one sent as null is emptied', () => {
  expect(read({ city: 'Lyon' }, paris)).toEqual({ ...paris, city: 'Lyon' });
  expect(read({ street: null }, paris)).toEqual({ ...paris, street: null });
  expect(read({ city: '', country: null })).toBeNull();
  expect(read({ country: 'Royaume-Uni' })).toMatchObject({ country: 'GB' });
});

test('a file may fill the parts singly', () => {
  expect(outcome(addressField.readText('United States', field, readEnv, 'country'))).toBe('US');
  expect(outcome(addressField.readText('Atlantis', field, readEnv, 'country'))).toEqual(['country-unknown']);
  expect(outcome(addressField.readText('SAN  FRANCISCO ', field, readEnv, 'city'))).toBe('SAN FRANCISCO');
  expect(outcome(addressField.readText('1 Main St\nSuite 2', field, readEnv, 'street'))).toBe(
    '1 Main St\nSuite 2',
  );
  expect(outcome(addressField.readText('1 Main St', field, readEnv))).toEqual({ street: '1 Main St' });
});

test('its parts are columns with folded companions', () => {
  expect(addressField.toRow(paris, field)).toMatchObject({
    billing_address_city: 'Paris',
    billing_address_city_fold: 'paris',
    billing_address_postal_code: '75002',
    billing_address_country: 'FR',
  });
});

test('it is shown as its country writes it', () => {
  expect(addressField.toText(paris, field, { ...readEnv, locale: 'es' })).toBe(
    '12 rue de la Paix, Bât. B, 75002 Paris, Francia',
  );
  expect(
    addressField.toText(
      { street: '1 Main St', city: 'Aurora', postalCode: '80044', region: 'CO', country: 'US' },
      field,
      readEnv,
    ),
  ).toBe('1 Main St, Aurora, CO 80044, United States');
});
