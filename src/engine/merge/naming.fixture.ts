import { anyReference } from '../../fields/any-reference/any-reference.ts';
import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { reference } from '../../fields/reference/reference.ts';
import { references } from '../../fields/references/references.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { type Entity, entity } from '../../model/entity.ts';
import type { FieldSpec } from '../../model/field.ts';

const same = (said: string) => labels(said, said, said);
const own = { create: 'all', read: 'team', update: 'own', remove: 'own' } as const;
const declared = (
  name: string,
  fields: Record<string, FieldSpec>,
  more: Partial<Parameters<typeof entity>[0]> = {},
): Entity =>
  entity<Record<string, FieldSpec>>({
    name,
    plural: `${name}s`,
    label: { one: same(name), many: same(`${name}s`) },
    title: 'title',
    fields: { title: text({ label: same('Title') }), ...fields },
    list: { columns: ['title'], sort: 'title' },
    form: [{ label: same(name), fields: ['title'] }],
    access: { sales: own },
    ...more,
  });

const club = declared('club', {
  members: references({ label: same('Members'), to: 'person' }),
  patron: anyReference({ label: same('Patron'), to: ['account', 'person'] }),
});
const badge = declared('badge', {
  holder: reference({ label: same('Holder'), to: 'person', unique: true }),
});
const person = declared(
  'person',
  { boss: reference({ label: same('Boss'), to: 'person' }) },
  {
    importable: true,
    links: {
      friends: { through: 'friendship', from: 'one', to: 'other', primary: 'best', label: same('Friends') },
    },
  },
);
const friendship = declared('friendship', {
  one: reference({ label: same('One'), to: 'person', required: true }),
  other: reference({ label: same('Other'), to: 'person', required: true }),
  best: checkbox({ label: same('Best') }),
});
const toast = declared('toast', { to: reference({ label: same('To'), to: 'friendship' }) });

/** Entities with every way there is to name a record, and a person who knows others. */
export const everyWay: readonly Entity[] = [club, badge, person, friendship, toast];
