import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/** When records of an entity are wrong, as an administrator says it while everything runs. */
export const validationRule = entity({
  name: 'validation-rule',
  plural: 'validation-rules',
  label: {
    one: labels('Validation rule', 'Règle de validation', 'Regla de validación'),
    many: labels('Validation rules', 'Règles de validation', 'Reglas de validación'),
  },
  icon: 'shield-check',
  system: true,
  setup: true,
  title: 'name',
  fields: {
    name: text({ label: labels('Name', 'Nom', 'Nombre'), required: true, max: 120 }),
    entity: text({
      label: labels('Records', 'Fiches', 'Registros'),
      help: labels(
        'The entity whose records it judges',
        'L’entité dont elle juge les fiches',
        'La entidad cuyos registros juzga',
      ),
      required: true,
      max: 60,
    }),
    wrongWhen: longText({
      label: labels('Wrong when', 'Incorrecte quand', 'Incorrecto cuando'),
      help: labels(
        'An expression: records of which it is true aren’t saved',
        'Une expression : les fiches pour lesquelles elle est vraie ne sont pas enregistrées',
        'Una expresión: los registros de los que es cierta no se guardan',
      ),
      required: true,
      max: 10_000,
    }),
    field: text({
      label: labels('Told at field', 'Signalée au champ', 'Se indica en el campo'),
      required: true,
      max: 60,
    }),
    messageEn: text({
      label: labels('Message in English', 'Message en anglais', 'Mensaje en inglés'),
      help: labels(
        'What is wrong and what to do; name no values that not everybody may see',
        'Ce qui ne va pas et que faire ; ne citez pas de valeurs que tout le monde ne peut pas voir',
        'Qué está mal y qué hacer; no nombre valores que no todos puedan ver',
      ),
      required: true,
      max: 255,
    }),
    messageFr: text({
      label: labels('Message in French', 'Message en français', 'Mensaje en francés'),
      max: 255,
    }),
    messageEs: text({
      label: labels('Message in Spanish', 'Message en espagnol', 'Mensaje en español'),
      max: 255,
    }),
    active: checkbox({ label: labels('Active', 'Active', 'Activa'), default: true }),
    position: number({ label: labels('Position', 'Position', 'Posición'), default: 0, min: 0 }),
  },
  uniques: [
    {
      fields: ['entity', 'name'],
      label: labels('Name among the rules', 'Nom parmi les règles', 'Nombre entre las reglas'),
    },
  ],
  sorts: ['entity', 'position'],
  list: { columns: ['name', 'entity', 'wrongWhen', 'field', 'active'], sort: 'entity' },
  form: [
    { label: labels('Rule', 'Règle', 'Regla'), fields: ['name', 'entity', 'wrongWhen', 'field', 'active'] },
    {
      label: labels('Message', 'Message', 'Mensaje'),
      fields: ['messageEn', 'messageFr', 'messageEs'],
    },
  ],
  access: {},
});
