import { message } from '../../lib/message.ts';
import { longestPrefix, prefixMistake, restarts } from '../../model/number-series.ts';
import type { Rule } from '../../model/rule.ts';

const badPlace = message(
  'number-series-place',
  'In braces a prefix may hold {year}, {short} and {month} only.',
  'Entre accolades, un préfixe ne peut contenir que {year}, {short} et {month}.',
  'Entre llaves, un prefijo solo puede llevar {year}, {short} y {month}.',
);
const noPeriod = message(
  'number-series-restart',
  'Numbers that begin again would be given twice: put {places} into the prefix.',
  'Des numéros qui recommencent seraient attribués deux fois : mettez {places} dans le préfixe.',
  'Los números que vuelven a empezar se darían dos veces: ponga {places} en el prefijo.',
);

/** What must hold for series of numbers, through every door. */
export const numberSeriesRules: readonly Rule[] = [
  {
    entity: 'number-series',
    name: 'a prefix tells apart the periods of its numbers',
    check({ after }) {
      const prefix = typeof after.prefix === 'string' ? after.prefix : '';
      const restart = restarts.find((known) => known === after.restart) ?? 'never';
      if (prefix.length > longestPrefix) return [];
      const mistake = prefixMistake(prefix, restart);
      if (mistake === 'place') {
        const params = { year: '{YYYY}', short: '{YY}', month: '{MM}' };
        return [{ field: 'prefix', message: badPlace, params, value: prefix }];
      }
      if (mistake === null) return [];
      const params = { places: restart === 'year' ? '{YYYY}' : '{YYYY}{MM}' };
      return [{ field: 'prefix', message: noPeriod, params, value: prefix }];
    },
  },
];
