import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/**
 * A relation that an administrator adds. One to many: each record of `to` names one of `from`. Many to many: records
 * of both are linked by records of an entity made for it.
 */
export const customRelation = entity({
  name: 'custom-relation',
  plural: 'custom-relations',
  label: {
    one: labels('Custom relation', 'Relation personnalisée', 'Relación personalizada'),
    many: labels('Custom relations', 'Relations personnalisées', 'Relaciones personalizadas'),
  },
  icon: 'link',
  system: true,
  setup: true,
  title: 'labelEn',
  fields: {
    kind: choice({
      label: labels('Kind', 'Genre', 'Tipo'),
      required: true,
      values: [
        { code: 'one-to-many', label: labels('One to many', 'Un à plusieurs', 'Uno a varios') },
        { code: 'many-to-many', label: labels('Many to many', 'Plusieurs à plusieurs', 'Varios a varios') },
      ],
    }),
    from: text({ label: labels('From', 'De', 'De'), required: true, max: 60 }),
    to: text({ label: labels('To', 'Vers', 'A'), required: true, max: 60 }),
    name: text({
      label: labels('Name', 'Nom', 'Nombre'),
      help: labels(
        'One to many: the field of “to”; many to many: the relation of “from”. Like xProject; made from the label when left out',
        'Un à plusieurs : le champ de « vers » ; plusieurs à plusieurs : la relation de « de ». Comme xProject ; tiré du libellé si vous l’omettez',
        'Uno a varios: el campo de «a»; varios a varios: la relación de «de». Como xProject; sale de la etiqueta si lo omite',
      ),
      max: 60,
    }),
    labelEn: text({
      label: labels('Label in English', 'Libellé en anglais', 'Etiqueta en inglés'),
      required: true,
      max: 80,
    }),
    labelFr: text({
      label: labels('Label in French', 'Libellé en français', 'Etiqueta en francés'),
      max: 80,
    }),
    labelEs: text({
      label: labels('Label in Spanish', 'Libellé en espagnol', 'Etiqueta en español'),
      max: 80,
    }),
    backName: text({
      label: labels('Name of the way back', 'Nom du retour', 'Nombre de la vuelta'),
      help: labels(
        'Many to many: the relation of “to”',
        'Plusieurs à plusieurs : la relation de « vers »',
        'Varios a varios: la relación de «a»',
      ),
      max: 60,
    }),
    backLabelEn: text({
      label: labels(
        'Label of the way back in English',
        'Libellé du retour en anglais',
        'Etiqueta de la vuelta en inglés',
      ),
      required: true,
      max: 80,
    }),
    backLabelFr: text({
      label: labels(
        'Label of the way back in French',
        'Libellé du retour en français',
        'Etiqueta de la vuelta en francés',
      ),
      max: 80,
    }),
    backLabelEs: text({
      label: labels(
        'Label of the way back in Spanish',
        'Libellé du retour en espagnol',
        'Etiqueta de la vuelta en español',
      ),
      max: 80,
    }),
    required: checkbox({ label: labels('Required', 'Obligatoire', 'Obligatorio') }),
    position: number({ label: labels('Position', 'Position', 'Posición'), default: 0, min: 0, max: 10_000 }),
    deletedAt: dateTime({
      label: labels('Values deleted', 'Valeurs effacées le', 'Valores eliminados'),
      readOnly: true,
    }),
  },
  sorts: ['position'],
  list: { columns: ['labelEn', 'kind', 'from', 'to', 'name', 'updatedAt'], sort: 'position' },
  form: [
    {
      label: labels('Relation', 'Relation', 'Relación'),
      fields: ['kind', 'from', 'to', 'name', 'backName', 'required', 'position'],
    },
    {
      label: labels('Texts', 'Textes', 'Textos'),
      fields: ['labelEn', 'labelFr', 'labelEs', 'backLabelEn', 'backLabelFr', 'backLabelEs'],
    },
  ],
  access: {},
  managedBy: 'declare-fields',
});
