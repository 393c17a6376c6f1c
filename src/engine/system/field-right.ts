import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** Whether one role may see and write one field; of several roles the most permissive decides. */
export const fieldRight = entity({
  name: 'field-right',
  plural: 'field-rights',
  label: {
    one: labels('Right to a field', 'Droit sur un champ', 'Derecho sobre un campo'),
    many: labels('Rights to fields', 'Droits sur les champs', 'Derechos sobre campos'),
  },
  icon: 'lock',
  system: true,
  setup: true,
  title: 'field',
  fields: {
    role: reference({ label: labels('Role', 'Rôle', 'Rol'), to: 'role', required: true }),
    entity: text({ label: labels('Entity', 'Entité', 'Entidad'), required: true, max: 60 }),
    field: text({ label: labels('Field', 'Champ', 'Campo'), required: true, max: 60 }),
    read: checkbox({ label: labels('See', 'Voir', 'Ver'), default: true }),
    write: checkbox({ label: labels('Write', 'Écrire', 'Escribir'), default: true }),
  },
  uniques: [
    {
      fields: ['role', 'entity', 'field'],
      label: labels('Role, entity and field', 'Rôle, entité et champ', 'Rol, entidad y campo'),
    },
  ],
  sorts: ['entity'],
  list: { columns: ['role', 'entity', 'field', 'read', 'write'], sort: 'entity' },
  form: [
    {
      label: labels('Right', 'Droit', 'Derecho'),
      fields: ['role', 'entity', 'field', 'read', 'write'],
    },
  ],
  access: {},
});
