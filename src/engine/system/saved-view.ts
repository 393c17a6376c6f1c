import { choice } from '../../fields/choice/choice.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** A view of a list that somebody keeps under a name: for himself, for the view's teams, or for everybody. */
export const savedView = entity({
  name: 'saved-view',
  plural: 'saved-views',
  label: {
    one: labels('View', 'Vue', 'Vista'),
    many: labels('Views', 'Vues', 'Vistas'),
  },
  icon: 'list-search',
  system: true,
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 120 }),
    entity: text({ label: labels('Entity', 'Entité', 'Entidad'), required: true, max: 60 }),
    where: longText({ label: labels('Filter', 'Filtre', 'Filtro'), max: 10_000 }),
    sort: text({ label: labels('Order', 'Ordre', 'Orden'), max: 255 }),
    columns: longText({
      label: labels('Columns', 'Colonnes', 'Columnas'),
      help: labels(
        'Names of fields, also of related records: name, account.name',
        'Noms de champs, aussi de fiches liées : name, account.name',
        'Nombres de campos, también de registros relacionados: name, account.name',
      ),
      max: 2000,
    }),
    display: choice({
      label: labels('Shown as', 'Présentation', 'Presentación'),
      required: true,
      default: 'list',
      values: [
        { code: 'list', label: labels('List', 'Liste', 'Lista') },
        { code: 'board', label: labels('Board', 'Tableau', 'Tablero') },
      ],
    }),
    shared: choice({
      label: labels('Visible to', 'Visible par', 'Visible para'),
      required: true,
      default: 'private',
      values: [
        { code: 'private', label: labels('Only me', 'Moi seulement', 'Solo yo') },
        { code: 'teams', label: labels('The teams', 'Les équipes', 'Los equipos') },
        { code: 'everyone', label: labels('Everybody', 'Tout le monde', 'Todos') },
      ],
    }),
  },
  sorts: ['name', 'entity'],
  list: { columns: ['name', 'entity', 'shared', 'owner', 'updatedAt'], sort: 'name' },
  form: [
    {
      label: labels('View', 'Vue', 'Vista'),
      fields: ['name', 'entity', 'shared', 'teams', 'owner'],
    },
    {
      label: labels('What it shows', 'Contenu', 'Contenido'),
      fields: ['where', 'sort', 'columns', 'display'],
    },
  ],
  access: {
    [everyRole]: {
      create: 'own',
      read: { when: 'owner = me or shared = everyone or shared = teams and teams in my teams' },
      update: 'own',
      remove: 'own',
    },
  },
});
