import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { json } from '../../fields/json/json.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import { customFieldTypes } from './custom-field-types.ts';

/** A field that an administrator adds to an entity. In the bin it is gone from every door, and its values are kept. */
export const customField = entity({
  name: 'custom-field',
  plural: 'custom-fields',
  label: {
    one: labels('Custom field', 'Champ personnalisé', 'Campo personalizado'),
    many: labels('Custom fields', 'Champs personnalisés', 'Campos personalizados'),
  },
  icon: 'list',
  system: true,
  setup: true,
  title: 'labelEn',
  fields: {
    entity: text({
      label: labels('Entity', 'Entité', 'Entidad'),
      help: labels('Its name, like contact', 'Son nom, comme contact', 'Su nombre, como contact'),
      required: true,
      max: 60,
    }),
    name: text({
      label: labels('Name', 'Nom', 'Nombre'),
      help: labels(
        'In the API and in filters, like xSegment; made from the label when left out',
        'Dans l’API et les filtres, comme xSegment ; tiré du libellé si vous l’omettez',
        'En la API y en los filtros, como xSegment; sale de la etiqueta si lo omite',
      ),
      max: 60,
    }),
    type: choice({ label: labels('Type', 'Type', 'Tipo'), required: true, values: customFieldTypes }),
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
    helpEn: text({ label: labels('Help in English', 'Aide en anglais', 'Ayuda en inglés'), max: 250 }),
    helpFr: text({ label: labels('Help in French', 'Aide en français', 'Ayuda en francés'), max: 250 }),
    helpEs: text({ label: labels('Help in Spanish', 'Aide en espagnol', 'Ayuda en español'), max: 250 }),
    options: json({
      label: labels('Options', 'Options', 'Opciones'),
      help: labels(
        'What the type needs further, as JSON: {"max": 80}',
        'Ce que demande le type, en JSON : {"max": 80}',
        'Lo que pide el tipo, en JSON: {"max": 80}',
      ),
    }),
    required: checkbox({ label: labels('Required', 'Obligatoire', 'Obligatorio') }),
    unique: checkbox({
      label: labels('Unique', 'Unique', 'Único'),
      help: labels(
        'Holds from when its index is built',
        'Vaut dès que son index est construit',
        'Vale desde que su índice está construido',
      ),
    }),
    default: json({ label: labels('Default', 'Valeur par défaut', 'Valor predeterminado') }),
    section: text({
      label: labels('Section of the form', 'Rubrique du formulaire', 'Sección del formulario'),
      help: labels(
        'The title of a section, in English; one that isn’t there yet is added',
        'Le titre d’une rubrique, en anglais ; ajoutée si elle n’existe pas',
        'El título de una sección, en inglés; se añade si no existe',
      ),
      max: 80,
    }),
    position: number({ label: labels('Position', 'Position', 'Posición'), default: 0, min: 0, max: 10_000 }),
    inForm: checkbox({
      label: labels('In the form', 'Dans le formulaire', 'En el formulario'),
      default: true,
    }),
    inList: checkbox({ label: labels('In the list', 'Dans la liste', 'En la lista'), default: true }),
    sortable: checkbox({
      label: labels('Indexed for sorting', 'Indexé pour le tri', 'Indexado para ordenar'),
    }),
    searchable: checkbox({
      label: labels('Found by quick search', 'Trouvé par la recherche', 'Se encuentra con la búsqueda'),
    }),
    deletedAt: dateTime({
      label: labels('Values deleted', 'Valeurs effacées le', 'Valores eliminados'),
      readOnly: true,
    }),
  },
  sorts: ['entity', 'position'],
  list: { columns: ['entity', 'name', 'type', 'labelEn', 'required', 'unique', 'updatedAt'], sort: 'entity' },
  form: [
    {
      label: labels('Field', 'Champ', 'Campo'),
      fields: ['entity', 'name', 'type', 'options', 'required', 'unique', 'default'],
    },
    {
      label: labels('Texts', 'Textes', 'Textos'),
      fields: ['labelEn', 'labelFr', 'labelEs', 'helpEn', 'helpFr', 'helpEs'],
    },
    {
      label: labels('Where it shows', 'Où il apparaît', 'Dónde aparece'),
      fields: ['section', 'position', 'inForm', 'inList', 'sortable', 'searchable'],
    },
  ],
  access: {},
  managedBy: 'declare-fields',
});
