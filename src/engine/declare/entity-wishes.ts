import { fieldType } from '../../fields/index.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Values } from '../../model/record.ts';
import { sortColumn } from '../schema/sort-column.ts';
import { noField } from './messages.ts';
import { textIn } from './read-field.ts';

const hasColumns = (field: Field): boolean =>
  field.type === 'choice' || fieldType(field.type).target?.(field).to === 'list';

const fits: Readonly<Record<string, (field: Field) => boolean>> = {
  titleField: (field) =>
    fieldType(field.type).paths(field)['']?.kind === 'text' && sortColumn(field) !== null,
  sort: (field) => sortColumn(field) !== null,
  boardBy: hasColumns,
  boardSum: (field) => field.type === 'money',
};

/** The mistakes of a custom entity that asks for a title, an order or a board by fields that can’t give them. */
export function entityWishes(values: Values, served: Entity | undefined): readonly Mistake[] {
  if (!served) return [];
  return Object.entries(fits).flatMap(([name, isFit]): Mistake[] => {
    const given = textIn(values, name);
    if (given === null) return [];
    const field = served.fields[name === 'sort' ? given.replace(/^-/, '') : given];
    if (field && isFit(field)) return [];
    const names = Object.values(served.fields)
      .filter(isFit)
      .map((each) => each.name);
    return [
      { field: name, message: noField, params: { given, names: names.join(', ') || '—' }, value: given },
    ];
  });
}
