import { expect, test } from 'vitest';
import { address } from '../../fields/address/address.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { personName } from '../../fields/person-name/person-name.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import { entityIndexes } from './entity-indexes.ts';

const label = labels('Boat', 'Bateau', 'Barco');

const boatSpec = {
  name: 'boat',
  plural: 'boats',
  label: { one: label, many: label },
  title: 'name',
  fields: {
    name: text({ label }),
    rig: choice({ label, values: [{ code: 'sloop', label }] }),
    port: text({ label }),
    log: longText({ label }),
    home: address({ label }),
    skipper: personName({ label }),
    isSold: checkbox({ label }),
  },
  form: [{ label, fields: ['name'] }],
  access: {},
} as const;

/** What the indexes begin with that a list narrowed by `filters` has. */
const beginnings = (...filters: (keyof typeof boatSpec.fields)[]): readonly string[] =>
  entityIndexes(
    entity({ ...boatSpec, sorts: ['name'], list: { columns: ['name'], sort: 'name', filters } }),
  ).flatMap(({ columns }) => columns.slice(0, 1));

test('a list has an index for each sort and each filter declared', () => {
  expect(beginnings('rig', 'port')).toEqual(['name_fold', 'rig', 'port_fold']);
});

test('a filter that a sort serves has no second index', () => {
  expect(beginnings('name')).toEqual(['name_fold']);
});

test('of values in parts those have one by which people narrow a list', () => {
  expect(beginnings('home', 'skipper')).toEqual([
    'name_fold',
    'home_city_fold',
    'home_postal_code_fold',
    'skipper_fold',
  ]);
});

test('yes and no narrow nothing, and a long text is longer than an index takes', () => {
  expect(beginnings('isSold', 'log')).toEqual(['name_fold']);
});

test('along a sort the owner is told by the index, so that one’s own are found without reading everybody’s', () => {
  const spec = {
    ...boatSpec,
    sorts: ['name'],
    list: { columns: ['name'], sort: 'name', filters: [] },
    board: { by: 'rig', card: ['port'] },
  } as const;
  expect(entityIndexes(entity(spec)).map(({ columns }) => columns)).toEqual([
    ['name_fold', 'id', 'owner_id'],
    ['rig', 'name_fold', 'id', 'owner_id'],
  ]);
});
