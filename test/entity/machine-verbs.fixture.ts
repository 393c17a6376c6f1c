import { date } from '../../src/fields/date/date.ts';
import { text } from '../../src/fields/text/text.ts';
import { labels } from '../../src/lib/locale.ts';
import { message } from '../../src/lib/message.ts';
import { verb } from '../../src/model/verb.ts';

const lent = message(
  'machine.lent',
  'This machine is lent already: take it back first.',
  'Cette machine est déjà louée : récupérez-la d’abord.',
  'Esta máquina ya está alquilada: recupérela primero.',
);
const late = message(
  'machine.until-past',
  'A machine can’t be lent until a day that is over.',
  'Une machine ne peut pas être louée jusqu’à un jour passé.',
  'Una máquina no se puede alquilar hasta un día pasado.',
);

/** Lends a machine: a verb that asks for plain fields and makes a record of its own accord. */
export const lend = verb({
  entity: 'machine',
  name: 'lend',
  label: labels('Lend', 'Louer', 'Alquilar'),
  title: labels('Lend this machine', 'Louer cette machine', 'Alquilar esta máquina'),
  done: labels('Lent', 'Machine louée', 'Máquina alquilada'),
  icon: 'calendar',
  available: { where: 'state = idle', field: 'state', otherwise: lent },
  fields: {
    until: date({ label: labels('Until', 'Jusqu’au', 'Hasta'), required: true }),
    to: text({ label: labels('To', 'À', 'A'), max: 40, default: 'somebody' }),
  },
  async run(_machine, { values }, acts, env) {
    if (String(values.until) < env.today) acts.refuse('until', late);
    const [known] = await acts.find('account', { name: [String(values.to).toLowerCase()] });
    const site = known?.id ?? (await acts.create('account', [{ name: values.to }]))[0];
    if (known) await acts.update('account', [{ id: known.id, values: { description: 'Lends machines' } }]);
    await acts.set({ state: 'rented', site });
  },
});

/** Takes a machine back: a verb that asks for nothing. */
export const takeBack = verb({
  entity: 'machine',
  name: 'take-back',
  label: labels('Take back', 'Récupérer', 'Recuperar'),
  title: labels('Take back', 'Récupérer', 'Recuperar'),
  done: labels('Taken back', 'Machine récupérée', 'Máquina recuperada'),
  icon: 'flag',
  available: { where: 'state = rented', field: 'state', otherwise: lent },
  run: (_machine, _input, acts) => acts.set({ state: 'idle', site: null }),
});
