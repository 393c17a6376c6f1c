import { message } from '../../lib/message.ts';
import { isChanged, type Rule } from '../../model/rule.ts';

const fixed = message(
  'base-value-fixed',
  'Records hold a value by its list and code, so these stay as they are: make a new value and deactivate this one.',
  'Les fiches désignent une valeur par sa liste et son code, qui ne changent donc plus : créez une autre valeur et désactivez celle-ci.',
  'Los registros guardan un valor por su lista y su código, que por eso ya no cambian: cree otro valor y desactive este.',
);

/** What must hold for the values of lists, through every door. */
export const baseValueRules: readonly Rule[] = [
  {
    entity: 'base-value',
    name: 'a value keeps its list and code',
    check: (change) =>
      ['list', 'code']
        .filter((field) => change.verb === 'update' && isChanged(change, field))
        .map((field) => ({ field, message: fixed, value: change.after[field] })),
  },
];
