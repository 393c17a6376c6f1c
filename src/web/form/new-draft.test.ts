import { describe, expect, test } from 'vitest';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { Me } from '../data/me.ts';
import { newDraft, prefilled } from './new-draft.ts';

const field = (name: string, type: string, byDefault: unknown, readOnly = false): FieldDescription =>
  ({ name, type, default: byDefault, readOnly }) as FieldDescription;
const entity = {
  fields: [
    field('owner', 'reference', 'me'),
    field('teams', 'references', 'my-teams'),
    field('day', 'date', 'today'),
    field('stage', 'base-value', 'open'),
    field('name', 'text', null),
    field('version', 'number', 1, true),
  ],
} as unknown as EntityDescription;
const me = { user: { id: 'u', name: 'Ada', teams: [] } } as unknown as Me;

describe('a new record', () => {
  test('starts with the defaults of its fields, and what the way here filled in wins', () => {
    expect(newDraft(entity, me, '2026-11-22', { stage: 'won' })).toEqual({
      owner: { id: 'u', label: 'Ada' },
      day: '2026-11-22',
      stage: 'won',
    });
  });

  test('takes values out of an address by their type', () => {
    expect(prefilled(field('account', 'reference', null), 'x')).toEqual({ id: 'x', label: null });
    expect(prefilled(field('n', 'number', null), '12')).toBe(12);
    expect(prefilled(field('n', 'number', null), 'twelve')).toBe('twelve');
    expect(prefilled(field('who', 'person-name', null), 'Ada King Lovelace')).toEqual({
      first: 'Ada King',
      middle: null,
      last: 'Lovelace',
    });
    expect(prefilled(field('where', 'address', null), 'Lyon')).toBeUndefined();
  });
});
