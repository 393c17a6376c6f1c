import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { money } from '../../fields/money/money.ts';
import { number } from '../../fields/number/number.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { Validation } from '../../model/validation.ts';

const label = labels('Boat', 'Bateau', 'Barco');
const both = { one: label, many: label };
const everything = { create: 'all', read: 'all', update: 'all', remove: 'all' } as const;

const wrong = (
  name: string,
  field: 'length' | 'harbour' | 'sold' | 'price',
  wrongWhen: string,
): Validation & { field: typeof field } => ({
  name,
  wrongWhen,
  field,
  message: { code: name, text: label },
});

/** Where boats lie: those of the salespeople see nothing of the depth of other people's harbours. */
export const harbour = entity({
  name: 'harbour',
  plural: 'harbours',
  label: both,
  title: 'name',
  fields: {
    name: text({ label, required: true }),
    depth: number({ label }),
    isClosed: checkbox({ label }),
    canaryFee: number({ label, adminOnly: true }),
  },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  access: { sales: { ...everything, read: 'own', update: 'own', remove: 'own' } },
});

/** A journey of a boat. */
export const voyage = entity({
  name: 'voyage',
  plural: 'voyages',
  label: both,
  title: 'name',
  fields: { name: text({ label, required: true }), boat: reference({ label, to: 'boat' }) },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  access: { sales: everything },
});

/** A boat with a field for each condition a field may have, and validations of every reach. */
export const boat = entity({
  name: 'boat',
  plural: 'boats',
  label: both,
  title: 'name',
  fields: {
    name: text({ label, required: true }),
    kind: choice({
      label,
      values: [
        { code: 'sail', label },
        { code: 'motor', label },
      ],
    }),
    masts: number({ label, shownWhen: 'kind = sail', requiredWhen: 'kind = sail' }),
    engine: text({ label, shownWhen: 'kind = motor' }),
    sold: checkbox({ label }),
    buyer: text({ label, shownWhen: 'sold', requiredWhen: 'price > 100', clearWhenHidden: true }),
    price: money({ label, readOnlyWhen: 'sold' }),
    why: longText({ label, requiredWhen: 'changed(price) and old(price) is not empty' }),
    length: number({ label, readOnlyWhen: 'harbour.isClosed' }),
    harbour: reference({ label, to: 'harbour' }),
    pilot: text({ label, requiredWhen: 'harbour.depth < 3' }),
  },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  validations: [
    wrong('too-long', 'length', 'length > harbour.depth * 10'),
    wrong('closed', 'harbour', 'changed(harbour) and harbour.isClosed'),
    wrong('never-sailed', 'sold', 'changed(sold) and sold and none(voyages)'),
    wrong('too-dear', 'harbour', 'harbour.canaryFee > 100'),
    wrong('crowded', 'harbour', 'harbour.name = "Small" and count(harbour.boats) > 3'),
    wrong('cheap', 'price', 'sold and price < 10'),
  ],
  importable: true,
  access: { sales: { ...everything, import: 'all' } },
});
