import { expect, test } from 'vitest';
import { email } from '../../fields/email/email.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import type { DuplicateAcross } from '../../model/duplicate.ts';
import { entity } from '../../model/entity.ts';
import { systemEntities } from '../system/entities.ts';
import { buildModel, ModelMistakes } from './build-model.ts';

const label = labels('Boat', 'Bateau', 'Barco');

/** A boat, and a wreck that may be one; both know their name and their owner’s address. */
const vessel = (name: string, across: readonly DuplicateAcross[]) =>
  entity({
    name,
    plural: `${name}s`,
    label: { one: label, many: label },
    title: 'name',
    fields: {
      name: text({ label }),
      mail: email({ label }),
      colour: text({ label }),
      mother: reference({ label, to: 'boat' }),
    },
    list: { columns: ['name'], sort: 'name' },
    form: [{ label, fields: ['name'] }],
    duplicates: {
      criteria: [
        { name: 'name', anyOf: ['name'], weight: 60 },
        { name: 'mail', anyOf: ['mail'], weight: 60 },
      ],
      across: across.map(({ where, ...each }) => ({ ...each, ...(where === null ? {} : { where }) })),
    },
    access: {},
  });

function mistakesOf(across: Partial<DuplicateAcross>): readonly string[] {
  const said: DuplicateAcross = { entity: 'boat', fields: { name: 'name' }, where: null, ...across };
  try {
    buildModel({ entities: [...systemEntities, vessel('boat', []), vessel('wreck', [said])], lists: [] });
    return [];
  } catch (error) {
    if (error instanceof ModelMistakes) return error.mistakes;
    throw error;
  }
}

test.each<[string, RegExp, Partial<DuplicateAcross>]>([
  ['with nothing', /^wreck: duplicates across “ship”: name another entity/, { entity: 'ship' }],
  ['with itself', /^wreck: duplicates across “wreck”: name another entity/, { entity: 'wreck' }],
  ['by what it isn’t compared by', /names “colour”, by which it isn’t/, { fields: { colour: 'name' } }],
  [
    'by what the other isn’t compared by',
    /names “colour”, by which boat isn’t/,
    { fields: { name: 'colour' } },
  ],
  ['by another type', /compares “name” with “mail”, which is of another type/, { fields: { name: 'mail' } }],
  ['where a field isn’t there', /color/, { where: 'color = "red"' }],
  ['where another record decides', /fields of the record itself/, { where: 'mother.colour = "red"' }],
])('an entity can’t be compared with others %s', (_what, mistake, across) => {
  expect(mistakesOf(across)).toEqual([expect.stringMatching(mistake)]);
});

test('an entity is compared with another by what both are compared by', () => {
  expect(mistakesOf({ fields: { name: 'name', mail: 'mail' }, where: 'colour is not empty' })).toEqual([]);
});
