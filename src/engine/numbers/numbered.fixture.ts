import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { serial } from '../../fields/serial/serial.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

const label = labels('Thing', 'Chose', 'Cosa');
const common = {
  label: { one: label, many: label },
  title: 'name',
  list: { columns: ['number', 'name'], sort: 'name' },
  form: [{ label, fields: ['number', 'name'] }],
  access: { sales: { create: 'all', read: 'all', update: 'all', remove: 'all', import: 'all' } },
} as const;
const name = text({ label, required: true, unique: true });

/** Numbered without gaps; imports may bring numbers. */
export const invoice = entity({
  ...common,
  name: 'invoice',
  plural: 'invoices',
  fields: {
    number: serial({ label, prefix: 'INV-', padding: 3, gapFree: true, ownNumbers: true }),
    name,
    paid: checkbox({ label }),
  },
  search: ['number', 'name'],
  importable: true,
});

/** A second entity numbered without gaps. */
export const creditNote = entity({
  ...common,
  name: 'credit-note',
  plural: 'credit-notes',
  fields: { number: serial({ label, prefix: 'CN-', gapFree: true }), name },
});

/** Numbered quickly, each year anew; imports may bring numbers. */
export const ticket = entity({
  ...common,
  name: 'ticket',
  plural: 'tickets',
  fields: {
    number: serial({ label, prefix: 'T{YYYY}-', padding: 4, restart: 'year', ownNumbers: true }),
    name,
  },
  importable: true,
});
