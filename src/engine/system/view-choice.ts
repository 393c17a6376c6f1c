import { choice } from '../../fields/choice/choice.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { everyRole } from '../../model/access.ts';
import { entity } from '../../model/entity.ts';

/** What a person chose among the views of an entity: the one a list opens with, and those in the navigation. */
export const viewChoice = entity({
  name: 'view-choice',
  plural: 'view-choices',
  label: {
    one: labels('Choice of a view', 'Choix de vue', 'Elección de vista'),
    many: labels('Choices of views', 'Choix de vues', 'Elecciones de vistas'),
  },
  icon: 'star',
  system: true,
  title: 'view',
  fields: {
    entity: text({ label: labels('Entity', 'Entité', 'Entidad'), required: true, max: 60 }),
    view: text({
      label: labels('View', 'Vue', 'Vista'),
      help: labels(
        'The id of a saved view, the name of one that comes with the entity, or all',
        'L’identifiant d’une vue enregistrée, le nom d’une vue fournie, ou all',
        'El identificador de una vista guardada, el nombre de una incluida, o all',
      ),
      required: true,
      max: 60,
    }),
    as: choice({
      label: labels('Chosen as', 'Choisie comme', 'Elegida como'),
      required: true,
      default: 'default',
      values: [
        { code: 'default', label: labels('Opened first', 'Ouverte d’abord', 'La primera en abrirse') },
        {
          code: 'favourite',
          label: labels('In the navigation', 'Dans la navigation', 'En la navegación'),
        },
      ],
    }),
  },
  list: { columns: ['entity', 'view', 'as', 'owner'], sort: '-createdAt' },
  form: [{ label: labels('Choice', 'Choix', 'Elección'), fields: ['entity', 'view', 'as'] }],
  access: { [everyRole]: { create: 'own', read: 'own', update: 'own', remove: 'own' } },
});
