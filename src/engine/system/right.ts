import { choice } from '../../fields/choice/choice.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { type Labels, labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

const level = (label: Labels) =>
  choice({
    label,
    required: true,
    default: 'none',
    values: [
      { code: 'none', label: labels('None', 'Aucune', 'Ninguno') },
      { code: 'own', label: labels('Own', 'Les siennes', 'Propios') },
      { code: 'team', label: labels('Of the teams', 'Celles des équipes', 'De los equipos') },
      { code: 'all', label: labels('All', 'Toutes', 'Todos') },
      {
        code: 'through',
        label: labels('Like the record it belongs to', 'Comme la fiche liée', 'Como el registro vinculado'),
      },
    ],
  });

/** What one role may do with one entity; stands in for what the entity declares for that role. */
export const right = entity({
  name: 'right',
  plural: 'rights',
  label: { one: labels('Right', 'Droit', 'Derecho'), many: labels('Rights', 'Droits', 'Derechos') },
  icon: 'lock',
  system: true,
  setup: true,
  title: 'entity',
  fields: {
    role: reference({ label: labels('Role', 'Rôle', 'Rol'), to: 'role', required: true }),
    entity: text({ label: labels('Entity', 'Entité', 'Entidad'), required: true, max: 60 }),
    read: level(labels('Read', 'Consulter', 'Consultar')),
    create: level(labels('Create', 'Créer', 'Crear')),
    update: level(labels('Change', 'Modifier', 'Modificar')),
    remove: level(labels('Remove', 'Supprimer', 'Eliminar')),
    import: level(labels('Import', 'Importer', 'Importar')),
    export: level(labels('Export', 'Exporter', 'Exportar')),
    massChange: level(labels('Change many', 'Modifier en masse', 'Cambiar en masa')),
    where: longText({ label: labels('Only where', 'Seulement si', 'Solo si'), max: 4000 }),
  },
  uniques: [
    {
      fields: ['role', 'entity'],
      label: labels('Role and entity', 'Rôle et entité', 'Rol y entidad'),
    },
  ],
  sorts: ['entity'],
  list: {
    columns: ['role', 'entity', 'read', 'create', 'update', 'remove', 'where'],
    sort: 'entity',
  },
  form: [
    { label: labels('Right', 'Droit', 'Derecho'), fields: ['role', 'entity', 'where'] },
    {
      label: labels('Reach', 'Portée', 'Alcance'),
      fields: ['read', 'create', 'update', 'remove', 'import', 'export', 'massChange'],
    },
  ],
  access: {},
});
