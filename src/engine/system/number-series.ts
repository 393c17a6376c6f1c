import { checkbox } from '../../fields/checkbox/checkbox.ts';
import { choice } from '../../fields/choice/choice.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import { longestPrefix, mostPadding } from '../../model/number-series.ts';

/** How the automatic numbers of a field are written and counted; what was given so far is counted elsewhere. */
export const numberSeries = entity({
  name: 'number-series',
  plural: 'numberings',
  label: {
    one: labels('Number series', 'Série de numéros', 'Serie de números'),
    many: labels('Number series', 'Séries de numéros', 'Series de números'),
  },
  icon: 'list',
  system: true,
  setup: true,
  title: 'code',
  fields: {
    code: text({
      label: labels('Code', 'Code', 'Código'),
      help: labels(
        'The field whose numbers it gives',
        'Le champ dont elle donne les numéros',
        'El campo cuyos números da',
      ),
      required: true,
      readOnly: true,
      unique: true,
      max: 130,
    }),
    prefix: text({
      label: labels('Prefix', 'Préfixe', 'Prefijo'),
      help: labels(
        'Text before the digits; {YYYY}, {YY} and {MM} stand for the year and the month',
        'Texte avant les chiffres ; {YYYY}, {YY} et {MM} représentent l’année et le mois',
        'Texto antes de las cifras; {YYYY}, {YY} y {MM} representan el año y el mes',
      ),
      max: longestPrefix,
    }),
    padding: number({
      label: labels('Digits', 'Chiffres', 'Cifras'),
      help: labels(
        'At least so many, filled up with zeros',
        'Au moins ce nombre, complété par des zéros',
        'Al menos tantas, completadas con ceros',
      ),
      required: true,
      default: 5,
      min: 1,
      max: mostPadding,
    }),
    restart: choice({
      label: labels('Begins again', 'Recommence', 'Vuelve a empezar'),
      required: true,
      default: 'never',
      values: [
        { code: 'never', label: labels('Never', 'Jamais', 'Nunca') },
        { code: 'year', label: labels('Each year', 'Chaque année', 'Cada año') },
        { code: 'month', label: labels('Each month', 'Chaque mois', 'Cada mes') },
      ],
    }),
    start: number({
      label: labels('Starts at', 'Commence à', 'Empieza en'),
      help: labels(
        'No lower number is given',
        'Aucun numéro inférieur n’est attribué',
        'No se da ningún número inferior',
      ),
      required: true,
      default: 1,
      min: 1,
      max: 999_999_999_999,
    }),
    gapFree: checkbox({
      label: labels('Without gaps', 'Sans trou', 'Sin huecos'),
      help: labels(
        'No number is left out; those who create at once wait for one another',
        'Aucun numéro n’est sauté ; les créations simultanées s’attendent',
        'No se salta ningún número; las creaciones simultáneas se esperan',
      ),
    }),
  },
  list: { columns: ['code', 'prefix', 'padding', 'restart', 'start', 'gapFree'], sort: 'code' },
  form: [
    {
      label: labels('Number series', 'Série de numéros', 'Serie de números'),
      fields: ['code', 'prefix', 'padding', 'restart', 'start', 'gapFree'],
    },
  ],
  access: {},
});
