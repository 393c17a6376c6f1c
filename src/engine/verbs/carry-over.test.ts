import { describe, expect, it } from 'vitest';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { FieldSpec } from '../../model/field.ts';
import { declaredRights } from '../access/declared-rights.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { carriedOver } from './carry-over.ts';

const same = (said: string) => labels(said, said, said);
const kind = (name: string, fields: Record<string, FieldSpec>) =>
  entity({
    name,
    plural: `${name}s`,
    label: { one: same(name), many: same(`${name}s`) },
    title: 'name',
    fields: { name: text({ label: same('Name') }), ...fields },
    list: { columns: ['name'], sort: 'name' },
    form: [],
    access: {},
  });
const label = same('Field');
const seed = kind('seed', {
  segment: text({ label }),
  mismatched: text({ label }),
  origin: baseValue({ label, list: 'origin' }),
  shelf: baseValue({ label, list: 'shelf' }),
  garden: reference({ label, to: 'garden' }),
  parent: reference({ label, to: 'seed' }),
  secret: text({ label, adminOnly: true }),
  computed: text({ label }),
  only: text({ label }),
});
const plant = kind('plant', {
  segment: text({ label }),
  mismatched: reference({ label, to: 'garden' }),
  origin: baseValue({ label, list: 'origin' }),
  shelf: baseValue({ label, list: 'other-shelf' }),
  garden: reference({ label, to: 'garden' }),
  parent: reference({ label, to: 'plant' }),
  secret: text({ label }),
  computed: text({ label, readOnly: true }),
});
const values = {
  id: '1',
  version: 3,
  name: 'Rose',
  segment: 'gold',
  mismatched: 'x',
  origin: 'wild',
  shelf: 'top',
  garden: 'g',
  parent: 'p',
  secret: 's',
  computed: 'c',
  only: 'o',
  owner: 'u',
  teams: ['t'],
  createdAt: '2026-01-01T00:00:00Z',
};
const ctxOf = (roles: readonly string[]): Ctx =>
  ({ who: { ...systemWho, roles }, workspace: { rights: declaredRights } }) as unknown as Ctx;

describe('what a record hands on', () => {
  it('is every filled field of the same name that means the same, with its owner and teams', () => {
    expect(carriedOver(ctxOf(['administrator']), seed, plant, { ...values, only: null })).toEqual({
      name: 'Rose',
      segment: 'gold',
      origin: 'wild',
      garden: 'g',
      secret: 's',
      owner: 'u',
      teams: ['t'],
    });
  });

  it('is nothing that the asker may not see', () => {
    expect(carriedOver(ctxOf(['sales']), seed, plant, values)).not.toHaveProperty('secret');
  });

  it('is nothing that is empty', () => {
    expect(carriedOver(ctxOf(['sales']), seed, plant, { name: 'Rose', segment: null })).toEqual({
      name: 'Rose',
    });
  });
});
