import { multiChoice } from '../../fields/multi-choice/multi-choice.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** A named set of rights; entity declarations say what each role code may do. */
export const role = entity({
  name: 'role',
  plural: 'roles',
  label: { one: labels('Role', 'Rôle', 'Rol'), many: labels('Roles', 'Rôles', 'Roles') },
  icon: 'shield',
  system: true,
  setup: true,
  title: 'name',
  fields: {
    code: text({ label: labels('Code', 'Code', 'Código'), required: true, unique: true, max: 60 }),
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 120 }),
    special: multiChoice({
      label: labels('Special rights', 'Droits particuliers', 'Derechos especiales'),
      help: labels(
        'What otherwise only administrators do.',
        'Ce que seuls les administrateurs font autrement.',
        'Lo que de otro modo solo hacen los administradores.',
      ),
      values: [
        {
          code: 'manage-users',
          label: labels('Manage users', 'Gérer les utilisateurs', 'Gestionar usuarios'),
        },
        { code: 'manage-lists', label: labels('Manage lists', 'Gérer les listes', 'Gestionar listas') },
        { code: 'declare-fields', label: labels('Declare fields', 'Déclarer des champs', 'Declarar campos') },
        {
          code: 'undo-any',
          label: labels(
            'Undo what others did',
            'Annuler ce que d’autres ont fait',
            'Deshacer lo que hicieron otros',
          ),
        },
        {
          code: 'erase',
          label: labels(
            'Erase people for good',
            'Effacer définitivement des personnes',
            'Borrar personas para siempre',
          ),
        },
        {
          code: 'explain-access',
          label: labels('Explain access', 'Expliquer les accès', 'Explicar los accesos'),
        },
        {
          code: 'share-views',
          label: labels(
            'Share views with everybody',
            'Partager des vues avec tout le monde',
            'Compartir vistas con todos',
          ),
        },
      ],
    }),
  },
  list: { columns: ['name', 'code'], sort: 'name' },
  form: [{ label: labels('Role', 'Rôle', 'Rol'), fields: ['name', 'code', 'special'] }],
  access: { [everyRole]: { read: 'all' } },
});
