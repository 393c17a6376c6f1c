import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { BaseList } from '../../model/base-list.ts';
import { isChanged, type Rule } from '../../model/rule.ts';

const fixed = message(
  'base-value-fixed',
  'Records hold a value by its list and code, so these stay as they are: make a new value and deactivate this one.',
  'Les fiches désignent une valeur par sa liste et son code, qui ne changent donc plus : créez une autre valeur et désactivez celle-ci.',
  'Los registros guardan un valor por su lista y su código, que por eso ya no cambian: cree otro valor y desactive este.',
);
const noList = message(
  'base-value-list',
  'There is no list “{given}”. Give one of: {names}.',
  'Il n’y a pas de liste « {given} ». Donnez l’une de : {names}.',
  'No hay ninguna lista «{given}». Dé una de: {names}.',
);
const noClass = message(
  'base-value-class',
  'A value of this list has one of the classes {names}.',
  'Une valeur de cette liste a l’une des classes {names}.',
  'Un valor de esta lista tiene una de las clases {names}.',
);
const superfluousClass = message(
  'base-value-no-class',
  'Values of this list have no class: leave it out.',
  'Les valeurs de cette liste n’ont pas de classe : retirez-la.',
  'Los valores de esta lista no tienen clase: quítela.',
);

/** What must hold for the values of these lists, through every door. */
export const baseValueRules = (lists: readonly BaseList[]): readonly Rule[] => [
  {
    entity: 'base-value',
    name: 'a value keeps its list and code',
    check: (change) =>
      ['list', 'code']
        .filter((field) => change.verb === 'update' && isChanged(change, field))
        .map((field) => ({ field, message: fixed, value: change.after[field] })),
  },
  {
    entity: 'base-value',
    name: 'a value belongs to a list, and has a class where the list has classes',
    check: (change) => {
      if (!isChanged(change, 'list') && !isChanged(change, 'class')) return [];
      const list = lists.find(({ name }) => name === change.after.list);
      if (list) return classMistakes(list, change.after.class ?? null);
      const params = {
        given: String(change.after.list ?? ''),
        names: lists.map(({ name }) => name).join(', '),
      };
      return [{ field: 'list', message: noList, params, value: change.after.list }];
    },
  },
];

function classMistakes({ classes = [] }: BaseList, value: unknown): readonly Mistake[] {
  if (classes.length === 0)
    return value === null ? [] : [{ field: 'class', message: superfluousClass, value }];
  if (classes.some(({ code }) => code === value)) return [];
  const names = classes.map(({ code }) => code).join(', ');
  return [{ field: 'class', message: noClass, params: { names }, value }];
}
