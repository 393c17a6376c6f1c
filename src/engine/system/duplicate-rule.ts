import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** What a criterion of duplicates counts in this workspace, as an administrator says it while everything runs. */
export const duplicateRule = entity({
  name: 'duplicate-rule',
  plural: 'duplicate-rules',
  label: {
    one: labels('Duplicate rule', 'Règle de doublons', 'Regla de duplicados'),
    many: labels('Duplicate rules', 'Règles de doublons', 'Reglas de duplicados'),
  },
  icon: 'copy',
  system: true,
  setup: true,
  title: 'criterion',
  fields: {
    entity: text({
      label: labels('Records', 'Fiches', 'Registros'),
      help: labels(
        'The entity whose duplicates it is about: contact',
        'L’entité dont elle concerne les doublons : contact',
        'La entidad cuyos duplicados trata: contact',
      ),
      required: true,
      max: 60,
    }),
    criterion: text({
      label: labels('Criterion', 'Critère', 'Criterio'),
      help: labels(
        'What is compared: name, email, phone…; “threshold” is from how many points on two records may be the same. Of several rules for the same the newest holds.',
        'Ce qui est comparé : name, email, phone… ; « threshold » est le nombre de points à partir duquel deux fiches sont peut-être la même. De plusieurs règles pour la même chose, la plus récente vaut.',
        'Lo que se compara: name, email, phone…; «threshold» es a partir de cuántos puntos dos registros quizá sean el mismo. De varias reglas para lo mismo vale la más reciente.',
      ),
      required: true,
      max: 60,
    }),
    points: number({
      label: labels('Points', 'Points', 'Puntos'),
      help: labels(
        'What the same counts; 0 leaves the criterion out',
        'Ce que compte la même valeur ; 0 écarte le critère',
        'Lo que cuenta el mismo valor; 0 descarta el criterio',
      ),
      required: true,
      min: 0,
      max: 100,
    }),
    against: number({
      label: labels('Points against', 'Points contre', 'Puntos en contra'),
      help: labels(
        'What is taken away when both records say something else',
        'Ce qui est retiré quand les deux fiches disent autre chose',
        'Lo que se resta cuando los dos registros dicen otra cosa',
      ),
      required: true,
      default: 0,
      min: 0,
      max: 100,
    }),
  },
  sorts: ['entity'],
  list: { columns: ['criterion', 'entity', 'points', 'against', 'updatedAt'], sort: 'entity' },
  form: [
    {
      label: labels('Duplicate rule', 'Règle de doublons', 'Regla de duplicados'),
      fields: ['entity', 'criterion', 'points', 'against'],
    },
  ],
  access: {},
});
