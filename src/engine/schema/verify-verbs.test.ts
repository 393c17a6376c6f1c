import { expect, it } from 'vitest';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { entity } from '../../model/entity.ts';
import { type VerbSpec, verb } from '../../model/verb.ts';
import { systemEntities } from '../system/entities.ts';
import { buildModel, type ModelMistakes } from './build-model.ts';

const same = (said: string) => labels(said, said, said);
const otherwise = message('verify.not-now', 'Not now.', 'Pas maintenant.', 'Ahora no.');
const kind = (name: string) =>
  entity({
    name,
    plural: `${name}s`,
    label: { one: same(name), many: same(`${name}s`) },
    title: 'name',
    fields: { name: text({ label: same('Name') }), near: reference({ label: same('Near'), to: 'tree' }) },
    list: { columns: ['name'], sort: 'name' },
    form: [],
    access: {},
  });
const spec: VerbSpec = {
  entity: 'tree',
  name: 'fell',
  label: same('Fell'),
  title: same('Fell'),
  done: same('Felled'),
  icon: 'flag',
  run: async () => {},
};

const mistakesOf = (...specs: readonly VerbSpec[]): readonly string[] => {
  try {
    buildModel({
      entities: [...systemEntities, kind('tree'), kind('nest')],
      lists: [],
      verbs: specs.map((each) => verb(each)),
    });
    return [];
  } catch (error) {
    return (error as ModelMistakes).mistakes;
  }
};
const section = { entity: 'nest', fields: ['name'], takesExisting: true, from: {} };

it('lets a verb through that says everything rightly', () => {
  const sections = { other: { ...section, entity: 'tree' }, nest: { ...section, from: { near: 'other' } } };
  expect(
    mistakesOf({ ...spec, sections, available: { where: 'name = "x"', field: 'name', otherwise } }),
  ).toEqual([]);
});

it.each<readonly [string, Partial<VerbSpec>, readonly (string | RegExp)[]]>([
  ['of nothing', { entity: 'bush' }, ['bush.fell: it is about bush, which nothing declares']],
  ['with the name of an address', { name: 'history' }, [/“history” is an address of the engine/]],
  ['with a name of another form', { name: 'fellIt' }, [/named in kebab-case/]],
  [
    'whose condition is no expression',
    { available: { where: 'nmae = 1', field: 'nmae', otherwise } },
    [/its refusal is told at “nmae”/, /its condition: .*nmae/],
  ],
  [
    'whose condition looks at other records',
    { available: { where: 'near.name = "x"', field: 'name', otherwise } },
    [/fields of the record itself/],
  ],
  [
    'whose condition looks at the clock',
    { available: { where: 'createdAt < today', field: 'name', otherwise } },
    [/can’t depend on the day/],
  ],
  [
    'with a section of nothing, and one that shows and takes what isn’t there',
    {
      sections: {
        bush: { ...section, entity: 'bush' },
        nest: { ...section, fields: ['colour'], from: { near: 'later' } },
        later: { ...section, entity: 'nest' },
      },
    },
    [/“bush” is of bush/, /shows “colour”/, /from “later”, which isn’t an earlier section/],
  ],
  [
    'with a section that takes a record of another kind',
    { sections: { one: section, two: { ...section, from: { near: 'one' } } } },
    [/but it doesn’t refer to nest/],
  ],
  [
    'with a field that is a section too',
    { fields: { nest: text({ label: same('Nest') }) }, sections: { nest: section } },
    [/“nest” is both a field and a section/],
  ],
])('tells of a verb %s', (_what, changed, told) => {
  const found = mistakesOf({ ...spec, ...changed });
  expect(found).toHaveLength(told.length);
  for (const [at, said] of told.entries()) expect(found[at]).toMatch(said);
});

it('tells of two verbs of one name', () => {
  expect(mistakesOf(spec, spec)).toEqual([
    'tree.fell: two verbs of one entity have this name',
    'tree.fell: two verbs of one entity have this name',
  ]);
});
