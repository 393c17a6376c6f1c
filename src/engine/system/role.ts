import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
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
  },
  list: { columns: ['name', 'code'], sort: 'name' },
  form: [{ label: labels('Role', 'Rôle', 'Rol'), fields: ['name', 'code'] }],
  access: { sales: { read: 'all' } },
});
