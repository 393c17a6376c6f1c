import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** An entity that an administrator adds. It has a name from the start; the rest are custom fields and relations. */
export const customEntity = entity({
  name: 'custom-entity',
  plural: 'custom-entities',
  label: {
    one: labels('Custom entity', 'Entité personnalisée', 'Entidad personalizada'),
    many: labels('Custom entities', 'Entités personnalisées', 'Entidades personalizadas'),
  },
  icon: 'list',
  system: true,
  setup: true,
  title: 'oneEn',
  fields: {
    name: text({
      label: labels('Name', 'Nom', 'Nombre'),
      help: labels(
        'Like x-project; made from the label when left out',
        'Comme x-project ; tiré du libellé si vous l’omettez',
        'Como x-project; sale de la etiqueta si lo omite',
      ),
      max: 60,
    }),
    plural: text({
      label: labels('Plural', 'Pluriel', 'Plural'),
      help: labels(
        'Its address in the API, like x-projects; made from the label when left out',
        'Son adresse dans l’API, comme x-projects ; tirée du libellé si vous l’omettez',
        'Su dirección en la API, como x-projects; sale de la etiqueta si la omite',
      ),
      max: 60,
    }),
    oneEn: text({
      label: labels('One, in English', 'Un, en anglais', 'Uno, en inglés'),
      required: true,
      max: 80,
    }),
    oneFr: text({ label: labels('One, in French', 'Un, en français', 'Uno, en francés'), max: 80 }),
    oneEs: text({ label: labels('One, in Spanish', 'Un, en espagnol', 'Uno, en español'), max: 80 }),
    manyEn: text({
      label: labels('Several, in English', 'Plusieurs, en anglais', 'Varios, en inglés'),
      required: true,
      max: 80,
    }),
    manyFr: text({
      label: labels('Several, in French', 'Plusieurs, en français', 'Varios, en francés'),
      max: 80,
    }),
    manyEs: text({
      label: labels('Several, in Spanish', 'Plusieurs, en espagnol', 'Varios, en español'),
      max: 80,
    }),
    icon: text({ label: labels('Icon', 'Icône', 'Icono'), max: 40 }),
    titleField: text({
      label: labels('Title', 'Titre', 'Título'),
      help: labels(
        'The field that names a record to people',
        'Le champ qui désigne une fiche',
        'El campo que nombra un registro',
      ),
      default: 'name',
      max: 60,
    }),
    sort: text({
      label: labels('Order of the list', 'Ordre de la liste', 'Orden de la lista'),
      help: labels(
        'A field; with - in front, the greatest first',
        'Un champ ; précédé de -, le plus grand d’abord',
        'Un campo; con - delante, el mayor primero',
      ),
      default: 'name',
      max: 60,
    }),
    boardBy: text({
      label: labels('Columns of the board', 'Colonnes du tableau', 'Columnas del tablero'),
      max: 60,
    }),
    boardSum: text({ label: labels('Sum of the board', 'Somme du tableau', 'Suma del tablero'), max: 60 }),
    navigation: checkbox({
      label: labels('In the navigation', 'Dans la navigation', 'En la navegación'),
      default: true,
    }),
    importable: checkbox({ label: labels('Filled from files', 'Importable', 'Importable'), default: true }),
    searchable: checkbox({
      label: labels('Found by quick search', 'Trouvée par la recherche', 'Se encuentra con la búsqueda'),
      default: true,
    }),
    position: number({ label: labels('Position', 'Position', 'Posición'), default: 0, min: 0, max: 10_000 }),
    deletedAt: dateTime({
      label: labels('Records deleted', 'Fiches effacées le', 'Registros eliminados'),
      readOnly: true,
    }),
  },
  sorts: ['position'],
  list: { columns: ['oneEn', 'name', 'plural', 'navigation', 'importable', 'updatedAt'], sort: 'position' },
  form: [
    { label: labels('Entity', 'Entité', 'Entidad'), fields: ['name', 'plural', 'icon', 'position'] },
    {
      label: labels('Texts', 'Textes', 'Textos'),
      fields: ['oneEn', 'oneFr', 'oneEs', 'manyEn', 'manyFr', 'manyEs'],
    },
    {
      label: labels('Screens', 'Écrans', 'Pantallas'),
      fields: ['titleField', 'sort', 'boardBy', 'boardSum', 'navigation', 'importable', 'searchable'],
    },
  ],
  access: {},
  managedBy: 'declare-fields',
});
