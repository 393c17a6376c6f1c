import { describe, expect, it } from 'vitest';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import { uniqueSets, violatedSet } from './unique.ts';

const same = (said: string) => labels(said, said, said);
const person = entity({
  name: 'person',
  plural: 'people',
  label: { one: same('Person'), many: same('People') },
  title: 'name',
  fields: {
    name: text({ label: same('Name'), unique: true }),
    nickname: text({ label: same('Nickname'), unique: true }),
    order: text({ label: same('Order') }),
  },
  uniques: [{ fields: ['name', 'order'], label: same('Name and order') }],
  list: { columns: ['name'], sort: 'name' },
  form: [{ label: same('Person'), fields: ['name'] }],
  access: {},
});

const [name, nickname, both] = uniqueSets(person).map((set) => set.index.name);

describe('a unique violation that PostgreSQL reports, in whatever language', () => {
  it.each([
    ['nothing of the kind', { code: '23503', constraint: name }, null],
    ['an index of another table', { code: '23505', constraint: 'external_key_ux' }, null],
    ['one field', { code: '23505', constraint: name }, ['name']],
    ['a field whose name ends in another’s', { code: '23505', constraint: nickname }, ['nickname']],
    ['a set that holds a unique field', { code: '23505', constraint: both }, ['name', 'order']],
  ])('is told of %s', (_what, error, fields) => {
    expect(violatedSet(person, error)?.fields ?? null).toEqual(fields);
  });
});
