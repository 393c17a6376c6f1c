import { choice } from '../../src/fields/choice/choice.ts';
import { date } from '../../src/fields/date/date.ts';
import { decimal } from '../../src/fields/decimal/decimal.ts';
import { money } from '../../src/fields/money/money.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { text } from '../../src/fields/text/text.ts';
import { labels } from '../../src/lib/locale.ts';
import { entity } from '../../src/model/entity.ts';

/** A machine that is lent: the one file that an author writes for one more entity. */
export const machine = entity({
  name: 'machine',
  plural: 'machines',
  label: {
    one: labels('Machine', 'Machine', 'Máquina'),
    many: labels('Machines', 'Machines', 'Máquinas'),
  },
  icon: 'tool',
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true }),
    price: money({ label: labels('Price', 'Prix', 'Precio') }),
    bought: date({ label: labels('Bought', 'Acheté le', 'Comprado') }),
    state: choice({
      label: labels('State', 'État', 'Estado'),
      default: 'idle',
      values: [
        { code: 'idle', label: labels('Idle', 'Libre', 'Libre') },
        { code: 'rented', label: labels('Rented', 'Loué', 'Alquilado') },
      ],
    }),
    weight: decimal({ label: labels('Weight', 'Poids', 'Peso'), scale: 2, min: '0' }),
    site: reference({ label: labels('Site', 'Chantier', 'Obra'), to: 'account' }),
  },
  sorts: ['name', '-bought'],
  list: { columns: ['name', 'state', 'price', 'bought', 'site'], sort: 'name' },
  form: [
    { label: labels('Machine', 'Machine', 'Máquina'), fields: ['name', 'state', 'site', 'owner'] },
    { label: labels('Value', 'Valeur', 'Valor'), fields: ['price', 'bought', 'weight'] },
  ],
  search: ['name', 'state'],
  importable: true,
  navigation: true,
  access: { sales: { create: 'all', read: 'all', update: 'own', remove: 'own', import: 'all' } },
});
