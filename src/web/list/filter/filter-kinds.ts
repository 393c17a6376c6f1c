import type { RowOperator } from '../../../expression/rows.ts';
import type { EntityDescription, FieldDescription } from '../../../model/description.ts';

/** How a value is asked for. */
export type ValueKind = 'text' | 'number' | 'day' | 'moment' | 'yes-no' | 'codes' | 'records';

/** What a filter can be about: a field, or a part of one. */
export interface Subject {
  /** As expressions name it: `name`, `amount.currency`. */
  readonly path: string;
  readonly label: string;
  readonly kind: ValueKind;
  readonly field: FieldDescription;
}

/** An operator as the filter bar offers it; `between` is written as a range. */
export type Choice =
  | Exclude<RowOperator, 'not contains' | 'not starts with' | 'ends with' | 'not ends with'>
  | 'between';

const kinds: Readonly<Record<string, ValueKind>> = {
  number: 'number',
  decimal: 'number',
  percent: 'number',
  money: 'number',
  date: 'day',
  'date-time': 'moment',
  checkbox: 'yes-no',
  choice: 'codes',
  'base-value': 'codes',
  'multi-choice': 'codes',
  reference: 'records',
  'any-reference': 'records',
  references: 'records',
};

const operators: Readonly<Record<ValueKind, readonly Choice[]>> = {
  text: ['contains', 'starts with', '=', '<>', 'is empty', 'is not empty'],
  number: ['=', '>=', '<=', '>', '<', 'between', '<>', 'is empty', 'is not empty'],
  day: ['=', '>=', '<=', '>', '<', 'between', 'is empty', 'is not empty'],
  moment: ['>=', '<', 'between', 'is empty', 'is not empty'],
  'yes-no': ['='],
  codes: ['in', 'not in', 'is empty', 'is not empty'],
  records: ['in', 'not in', 'is empty', 'is not empty'],
};

/** What an operator is offered for a kind of value, the usual one first. */
export const operatorsOf = (kind: ValueKind): readonly Choice[] => operators[kind];

/** The key of an operator's name in the catalogue: days are before and after, numbers less and more. */
export function operatorKey(choice: Choice, kind: ValueKind) {
  if (kind === 'day' || kind === 'moment') {
    if (choice === '<') return 'operators.before';
    if (choice === '>') return 'operators.after';
    if (choice === '>=') return 'operators.from';
    if (choice === '<=') return 'operators.until';
  }
  return `operators.${choice}` as const;
}

/** What filters of an entity can be about: its usual filters first, then the rest, then parts. */
export function subjectsOf(entity: EntityDescription): readonly Subject[] {
  const fields = entity.fields.filter(
    (field) => field.filterable && !['id', 'version', 'removedAt'].includes(field.name),
  );
  const rank = (name: string): number => {
    const at = entity.list.filters.indexOf(name);
    return at === -1 ? entity.list.filters.length : at;
  };
  const ordered = [...fields].sort((a, b) => rank(a.name) - rank(b.name));
  const whole = ordered
    .filter(({ type }) => type !== 'address')
    .map(
      (field): Subject => ({
        path: field.name,
        label: field.label,
        kind: kinds[field.type] ?? 'text',
        field,
      }),
    );
  const parts = ordered.flatMap((field) =>
    field.parts
      .filter(({ name }) => field.type !== 'phone' && (field.type !== 'money' || name === 'currency'))
      .map(
        ({ name, label }): Subject => ({
          path: `${field.name}.${name}`,
          label: `${field.label} · ${label}`,
          kind: 'text',
          field,
        }),
      ),
  );
  return [...whole, ...parts];
}
