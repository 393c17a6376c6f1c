import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** People who see one another's records. */
export const team = entity({
  name: 'team',
  plural: 'teams',
  label: { one: labels('Team', 'Équipe', 'Equipo'), many: labels('Teams', 'Équipes', 'Equipos') },
  icon: 'users',
  system: true,
  setup: true,
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, unique: true, max: 120 }),
  },
  list: { columns: ['name', 'createdAt'], sort: 'name' },
  form: [{ label: labels('Team', 'Équipe', 'Equipo'), fields: ['name'] }],
  related: [
    {
      entity: 'user',
      via: 'memberOf',
      columns: ['name', 'active'],
      label: labels('Members', 'Membres', 'Miembros'),
    },
  ],
  access: { [everyRole]: { read: 'all' } },
  managedBy: 'manage-users',
});
