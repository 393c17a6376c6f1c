import { describe, expect, test } from 'vitest';
import { baseValue } from '../../fields/base-value/base-value.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { money } from '../../fields/money/money.ts';
import { number } from '../../fields/number/number.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import type { BaseList } from '../../model/base-list.ts';
import { type Entity, entity } from '../../model/entity.ts';
import { unconditional } from '../../model/field.ts';
import { systemEntities } from '../system/entities.ts';
import { buildModel, ModelMistakes } from './build-model.ts';

const label = labels('Boat', 'Bateau', 'Barco');

const boat = entity({
  name: 'boat',
  plural: 'boats',
  label: { one: label, many: label },
  title: 'name',
  fields: {
    name: text({ label }),
    length: number({ label }),
    log: longText({ label }),
    price: money({ label }),
    rig: baseValue({ label, list: 'rig' }),
    mother: reference({ label, to: 'boat' }),
  },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  access: { sales: { read: 'all' } },
});

/** Says that two boats belong together. */
const pair = entity({
  name: 'boat-pair',
  plural: 'boat-pairs',
  label: { one: label, many: label },
  title: 'first',
  fields: {
    first: reference({ label, to: 'boat' }),
    second: reference({ label, to: 'boat' }),
    isMain: checkbox({ label }),
  },
  list: { columns: ['first'], sort: '-createdAt' },
  form: [{ label, fields: ['first'] }],
  access: {},
});

const tooLong = { code: 'too-long', text: label };

const rig: BaseList = { name: 'rig', label, values: [{ code: 'sloop', label }] };

/** The mistakes found in these boats, beside the entities that are right. */
function mistakesOf(...boats: readonly Partial<Entity>[]): readonly string[] {
  try {
    buildModel({
      entities: [...systemEntities, ...boats.map((one) => ({ ...boat, ...one })), pair],
      lists: [rig],
    });
    return [];
  } catch (error) {
    if (error instanceof ModelMistakes) return error.mistakes;
    throw error;
  }
}

/** A boat with a field put in place of what it has. */
const withField = (name: string, field: Partial<Entity['fields'][string]>): Partial<Entity> => ({
  fields: { ...boat.fields, [name]: { ...(boat.fields[name] ?? boat.fields.name!), name, ...field } },
});

const link = { through: 'boat-pair', from: 'first', to: 'second', label };

describe('declarations are refused', () => {
  test.each<[string, RegExp, Partial<Entity>]>([
    ['a reserved plural', /^boat: the plural “imports” is reserved/, { plural: 'imports' }],
    ['a field in another case', /^boat\.Big_name: a field is named in camelCase/, withField('Big_name', {})],
    ['a field called like a key of records', /^boat\.can: “can” is a word/, withField('can', {})],
    ['an unknown type', /^boat\.name: no field type is called “txet”/, withField('name', { type: 'txet' })],
    ['options its type refuses', /^boat\.name: max is 9999/, withField('name', { options: { max: 9999 } })],
    [
      'two fields with one column',
      /^boat\.nameFold: its column name_fold is also that of name/,
      withField('nameFold', {}),
    ],
    ['a unique money', /^boat\.price: .*unique/, withField('price', { unique: true })],
    [
      'a default its type refuses',
      /^boat\.length: its default is refused/,
      withField('length', { default: 'long' }),
    ],
    [
      'a default that isn’t in the list',
      /^boat\.rig: its default “ketch” isn’t a value of the list rig/,
      withField('rig', { default: 'ketch' }),
    ],
    [
      'a list nobody declares',
      /^boat\.rig: no list is called “rigs”/,
      withField('rig', { options: { list: 'rigs' } }),
    ],
    [
      'a reference to nothing',
      /^boat\.mother: it refers to “ship”/,
      withField('mother', { options: { to: 'ship' } }),
    ],
    [
      'a condition with a mistake, told with its place',
      /^boat: length\.shownWhen: line 1, column 15: .*nme/,
      withField('length', { conditions: { ...unconditional, shownWhen: 'price > 1 and nme = "x"' } }),
    ],
    [
      'a condition that names no value of its list',
      /^boat: length\.requiredWhen: .*ketch/,
      withField('length', { conditions: { ...unconditional, requiredWhen: 'rig = ketch' } }),
    ],
    [
      'a lock that asks what changes',
      /^boat: length\.readOnlyWhen: /,
      withField('length', { conditions: { ...unconditional, readOnlyWhen: 'changed(name)' } }),
    ],
    [
      'a field that is always and sometimes required',
      /^boat: length: what is always required/,
      withField('length', { required: true, conditions: { ...unconditional, requiredWhen: 'price > 1' } }),
    ],
    [
      'a field that clears itself but is always shown',
      /^boat: length: clearWhenHidden needs a shownWhen/,
      withField('length', { conditions: { ...unconditional, clearWhenHidden: true } }),
    ],
    [
      'a validation with a mistake',
      /^boat: validation “too long”: .*lenght/,
      { validations: [{ name: 'too long', wrongWhen: 'lenght > 5', field: 'length', message: tooLong }] },
    ],
    [
      'a validation told at no field',
      /^boat: the validation “too long” tells its mistake at “lenght”/,
      { validations: [{ name: 'too long', wrongWhen: 'length > 5', field: 'lenght', message: tooLong }] },
    ],
    ['a title it doesn’t have', /^boat: title names “nme”/, { title: 'nme' }],
    ['a search it doesn’t have', /^boat: search names “nme”/, { search: ['nme'] }],
    [
      'a column it doesn’t have',
      /^boat: list\.columns names “mother\.nme”/,
      { list: { ...boat.list, columns: ['mother.nme'] } },
    ],
    [
      'a filter it doesn’t have',
      /^boat: list\.filters names “price\.color”/,
      { list: { ...boat.list, filters: ['price.color'] } },
    ],
    ['a form field it doesn’t have', /^boat: form names “nme”/, { form: [{ label, fields: ['nme'] }] }],
    [
      'a form field shown twice',
      /^boat: form shows “name” twice/,
      { form: [{ label, fields: ['name', 'name'] }] },
    ],
    ['a sort it doesn’t have', /^boat: sorts name “-nme”/, { sorts: ['-nme'] }],
    ['a sort without an order', /^boat: sorts name “log”, and a long-text has no order/, { sorts: ['log'] }],
    [
      'a combination it doesn’t have',
      /^boat: uniques names “nme”/,
      { uniques: [{ fields: ['name', 'nme'], label }] },
    ],
    ['a combination of one', /^boat: uniques: a single field/, { uniques: [{ fields: ['name'], label }] }],
    ['a board by a text', /^boat: board\.by names “name”/, { board: { by: 'name', sum: 'price', card: [] } }],
    [
      'a board that sums a text',
      /^boat: board\.sum names “name”/,
      { board: { by: 'rig', sum: 'name', card: [] } },
    ],
    [
      'a link through nothing',
      /^boat: the link “mates” goes through “crew”/,
      { links: { mates: { ...link, through: 'crew' } } },
    ],
    [
      'a link from nothing',
      /^boat: the link “mates” starts from boat-pair\.third/,
      { links: { mates: { ...link, from: 'third' } } },
    ],
    [
      'a link to no reference',
      /^boat: the link “mates” leads to boat-pair\.isMain/,
      { links: { mates: { ...link, to: 'isMain' } } },
    ],
    [
      'a primary that is no checkbox',
      /^boat: the link “mates” has its primary at/,
      { links: { mates: { ...link, primary: 'second' } } },
    ],
    [
      'a mirror without a primary',
      /^boat: the link “mates” has a mirror/,
      { links: { mates: { ...link, mirror: 'mother' } } },
    ],
    [
      'a mirror that is no reference',
      /^boat: the link “mates” is mirrored by “name”/,
      { links: { mates: { ...link, primary: 'isMain', mirror: 'name' } } },
    ],
    [
      'a link called like a field',
      /^boat: the link “name” has the name of a field/,
      { links: { name: link } },
    ],
    [
      'a related list of nothing',
      /^boat: related shows “crew”/,
      { related: [{ entity: 'crew', via: 'boat', columns: [] }] },
    ],
    [
      'a related list via no reference',
      /^boat: related goes via boat-pair\.isMain/,
      { related: [{ entity: 'boat-pair', via: 'isMain', columns: [] }] },
    ],
    [
      'a related column that isn’t there',
      /^boat: related shows boat-pair\.nme/,
      { related: [{ entity: 'boat-pair', via: 'first', columns: ['nme'] }] },
    ],
    [
      'access through no reference',
      /^boat: access of sales to read goes through “name”/,
      { access: { sales: { read: { through: 'name' } } } },
    ],
    [
      'an unknown level',
      /^boat: access of sales to read: “some” is no level/,
      { access: { sales: { read: 'some' as 'all' } } },
    ],
  ])('with %s', (_what, mistake, change) => {
    expect(mistakesOf(change)).toEqual([expect.stringMatching(mistake)]);
  });

  test.each<[string, RegExp, Partial<Entity>]>([
    [
      'a name in another case',
      /^Ship: an entity is named in kebab-case/,
      { name: 'Ship', plural: 'ships', table: 'ship' },
    ],
    [
      'a table of the engine',
      /^event: the engine has a table event/,
      { name: 'event', table: 'event', plural: 'happenings' },
    ],
    ['a table too long', /longer than 63/, { name: 'b'.repeat(64), plural: 'others', table: 'b'.repeat(64) }],
  ])('with %s', (_what, mistake, change) => {
    expect(mistakesOf({}, change)).toEqual([expect.stringMatching(mistake)]);
  });

  test('with names taken twice', () => {
    expect(mistakesOf({}, {})).toEqual([
      '2 entities are named “boat”: each must have its own',
      '2 entities have the plural “boats”: each must have its own',
      '2 entities have the table “boat”: each must have its own',
    ]);
  });

  test('with all their mistakes at once', () => {
    expect(
      mistakesOf({ title: 'a', search: ['b'], sorts: ['c'], form: [{ label, fields: ['d'] }] }),
    ).toHaveLength(4);
  });

  test('with mistakes in a list', () => {
    const list: BaseList = {
      ...rig,
      values: [
        { code: 'Sloop', label },
        { code: 'ketch', label, class: 'big', probability: '20' },
        { code: 'ketch', label },
      ],
    };
    const build = (): unknown => buildModel({ entities: systemEntities, lists: [list] });
    expect(build).toThrow(/value “Sloop”: a code is/);
    expect(build).toThrow(/value “ketch”: “big” isn’t a class of the list \(it has none\)/);
    expect(build).toThrow(/value “ketch”: has a probability, but the list has none/);
    expect(build).toThrow(/value “ketch”: declared twice/);
  });

  test('with a rule about nothing', () => {
    const rules = [{ entity: 'ship', name: 'ships float' }];
    expect(() => buildModel({ entities: systemEntities, lists: [], rules })).toThrow(
      /“ships float” is about ship/,
    );
  });
});

describe('declarations without a mistake', () => {
  test('are found by name and by plural', () => {
    const rules = [{ entity: 'boat', name: 'boats float' }];
    const model = buildModel({ entities: [...systemEntities, boat, pair], lists: [rig], rules });
    expect(model.entities.get('boat')).toBe(boat);
    expect(model.byPlural.get('boat-pairs')).toBe(pair);
    expect(model.lists.get('rig')).toBe(rig);
    expect(model.rules.get('boat')).toEqual(rules);
  });

  test('may go through references and into parts of values', () => {
    const list = {
      ...boat.list,
      columns: ['mother.mother.name', 'price.currency'],
      filters: ['owner.email'],
    };
    const links = { mates: { ...link, primary: 'isMain', mirror: 'mother' } };
    expect(mistakesOf({ list, links })).toEqual([]);
  });
});
