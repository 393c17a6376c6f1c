import { describe, expect, test } from 'vitest';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import { changesOf, creationOf, isSame, normal } from './draft.ts';

const field = (name: string, more: Partial<FieldDescription> = {}): FieldDescription =>
  ({ name, type: 'text', readOnly: false, default: null, ...more }) as FieldDescription;
const entity = {
  fields: [field('name'), field('owner', { default: 'me' }), field('weighted', { readOnly: true })],
};

describe('what a form sends', () => {
  test('is nothing of what stayed the same, however it is written', () => {
    const before = {
      name: null,
      account: { id: 'a', label: 'Old name' },
      teams: [],
      phone: { typed: '01', e164: null },
      amount: { amount: '1.00', currency: 'EUR' },
    };
    const draft = {
      name: '',
      account: { id: 'a', label: 'New name' },
      teams: null,
      phone: '01',
      amount: { currency: 'EUR', amount: '1.00' },
    };
    expect(changesOf(before, draft)).toEqual({});
  });

  test('is null for what was emptied, an address of empty parts too', () => {
    expect(
      changesOf(
        { city: 'Lyon', place: { city: 'Lyon', country: 'FR' } },
        { city: '', place: { city: '', country: null } },
      ),
    ).toEqual({
      city: null,
      place: null,
    });
  });

  test('keeps no value that the server writes itself, of a new record', () => {
    expect(creationOf(entity as unknown as EntityDescription, { name: 'Ada', weighted: '3' })).toEqual({
      name: 'Ada',
    });
  });

  test('says that a value filled in by default was emptied', () => {
    expect(creationOf(entity as unknown as EntityDescription, { name: '', owner: null })).toEqual({
      owner: null,
    });
  });

  test('tells references to different entities apart', () => {
    expect(isSame({ entity: 'account', id: 'x' }, { entity: 'contact', id: 'x' })).toBe(false);
    expect(normal({ first: '', middle: null, last: '' })).toBeNull();
  });
});
