import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { number } from '../../fields/number/number.ts';
import { percent } from '../../fields/percent/percent.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** A value of a list that an administrator keeps, with a label per language. */
export const baseValue = entity({
  name: 'base-value',
  plural: 'base-values',
  label: {
    one: labels('List value', 'Valeur de liste', 'Valor de lista'),
    many: labels('List values', 'Valeurs de liste', 'Valores de lista'),
  },
  icon: 'list',
  system: true,
  setup: true,
  title: 'labelEn',
  fields: {
    list: text({ label: labels('List', 'Liste', 'Lista'), required: true, max: 60 }),
    code: text({ label: labels('Code', 'Code', 'Código'), required: true, max: 60 }),
    labelEn: text({
      label: labels('Label in English', 'Libellé en anglais', 'Etiqueta en inglés'),
      required: true,
      max: 120,
    }),
    labelFr: text({
      label: labels('Label in French', 'Libellé en français', 'Etiqueta en francés'),
      max: 120,
    }),
    labelEs: text({
      label: labels('Label in Spanish', 'Libellé en espagnol', 'Etiqueta en español'),
      max: 120,
    }),
    position: number({ label: labels('Position', 'Position', 'Posición'), default: 0, min: 0 }),
    active: checkbox({ label: labels('Active', 'Active', 'Activo'), default: true }),
    class: text({ label: labels('Class', 'Classe', 'Clase'), max: 60 }),
    probability: percent({ label: labels('Probability', 'Probabilité', 'Probabilidad') }),
    color: text({ label: labels('Colour', 'Couleur', 'Color'), max: 30 }),
  },
  uniques: [
    {
      fields: ['list', 'code'],
      label: labels('Code in its list', 'Code dans sa liste', 'Código en su lista'),
    },
  ],
  sorts: ['list', 'position'],
  list: { columns: ['list', 'code', 'labelEn', 'labelFr', 'labelEs', 'active'], sort: 'list' },
  form: [
    { label: labels('Value', 'Valeur', 'Valor'), fields: ['list', 'code', 'labelEn', 'labelFr', 'labelEs'] },
    {
      label: labels('Meaning', 'Signification', 'Significado'),
      fields: ['class', 'probability', 'position', 'color', 'active'],
    },
  ],
  access: { [everyRole]: { read: 'all' } },
  managedBy: 'manage-lists',
});
