import { anyReference } from '../../src/fields/any-reference/any-reference.ts';
import { checkbox } from '../../src/fields/checkbox/checkbox.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { text } from '../../src/fields/text/text.ts';
import { labels } from '../../src/lib/locale.ts';
import type { AccessRule } from '../../src/model/access.ts';
import { type Entity, entity } from '../../src/model/entity.ts';
import type { FieldSpec } from '../../src/model/field.ts';

const same = (said: string) => labels(said, said, said);

const probe = (name: string, access: AccessRule, more: Record<string, FieldSpec> = {}): Entity =>
  entity<Record<string, FieldSpec>>({
    name,
    plural: `${name}s`,
    label: { one: same(name), many: same(`${name}s`) },
    title: 'name',
    fields: {
      name: text({ label: same('Name'), required: true }),
      marked: checkbox({ label: same('Marked') }),
      ...more,
    },
    list: { columns: ['name'], sort: 'name' },
    form: [{ label: same(name), fields: ['name'] }],
    search: ['name'],
    importable: true,
    access,
  });

/** Entities whose rights are those that the product doesn't use today, so that the matrix holds them too. */
export const probes: readonly Entity[] = [
  probe('probe-own', { sales: { create: 'own', read: 'own', update: 'own', remove: 'own' } }),
  probe('probe-team', { sales: { create: 'team', read: 'all', update: 'team', remove: 'none' } }),
  probe('probe-reader', { sales: { read: 'team' } }),
  probe('probe-writer', { sales: { create: 'all', read: 'own', update: 'all', remove: 'all' } }),
  probe(
    'probe-part',
    {
      sales: {
        create: { through: 'whole' },
        read: 'all',
        update: { through: 'whole' },
        remove: { through: 'whole' },
      },
    },
    { whole: reference({ label: same('Whole'), to: 'probe-team', required: true }) },
  ),
  probe(
    'probe-note',
    {
      sales: {
        create: { through: 'about' },
        read: { through: 'about' },
        update: { through: 'about' },
        remove: { through: 'about' },
      },
    },
    { about: anyReference({ label: same('About'), to: ['probe-own', 'account'], required: true }) },
  ),
];
