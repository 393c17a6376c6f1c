import type { RowOperator } from '../../../expression/rows.ts';
import type { Description, EntityDescription, FieldDescription } from '../../../model/description.ts';
import { i18n } from '../../i18n/i18n.ts';

/** How a value is asked for. */
export type ValueKind = 'text' | 'number' | 'day' | 'moment' | 'yes-no' | 'codes' | 'records';

/** What a filter can be about: a field, a part of one, or either of what a reference names. */
export interface Subject {
  /** As expressions name it: `name`, `amount.currency`. */
  readonly path: string;
  readonly label: string;
  /** The reference that leads to the field; null = it is the entity's own. */
  readonly group: string | null;
  readonly kind: ValueKind;
  readonly field: FieldDescription;
}

/** An operator as the filter bar offers it; `between` is written as a range. */
export type Choice = RowOperator | 'between';

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
  text: [
    'contains',
    'starts with',
    'ends with',
    '=',
    'not contains',
    'not starts with',
    'not ends with',
    '<>',
    'is empty',
    'is not empty',
  ],
  number: ['=', '>=', '<=', '>', '<', 'between', '<>', 'is empty', 'is not empty'],
  day: ['=', '>=', '<=', '>', '<', 'between', 'is empty', 'is not empty'],
  moment: ['>=', '<', '=', '<=', '>', 'between', 'is empty', 'is not empty'],
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

/**
 * What filters of an entity can be about: its usual filters first, then the rest, then parts; then the fields of
 * what its references name, one step away (`account.territory`).
 */
export function subjectsOf(entity: EntityDescription, description: Description): readonly Subject[] {
  const rank = (name: string): number => {
    const at = entity.list.filters.indexOf(name);
    return at === -1 ? entity.list.filters.length : at;
  };
  const own = filterable(entity).toSorted((a, b) => rank(a.name) - rank(b.name));
  const further = entity.fields.flatMap((reference) => {
    const [to, ...others] = reference.to;
    const target = description.entities.find(({ name }) => name === to);
    const leads = reference.type === 'reference' && !reference.system && others.length === 0;
    return leads && target
      ? subjectsIn(
          filterable(target).filter(({ system, name }) => !system || name === 'owner'),
          reference,
        )
      : [];
  });
  return [...subjectsIn(own, null), ...further];
}

const filterable = (entity: EntityDescription): readonly FieldDescription[] =>
  entity.fields.filter(
    ({ filterable: isOne, name }) => isOne && !['id', 'version', 'removedAt'].includes(name),
  );

/** The subjects that fields give, each whole and by its parts; `through` is the reference that leads to them. */
function subjectsIn(
  fields: readonly FieldDescription[],
  through: FieldDescription | null,
): readonly Subject[] {
  const make = (field: FieldDescription, name: string, label: string, kind: ValueKind): Subject => ({
    path: through ? `${through.name}.${name}` : name,
    label: through ? `${through.label} · ${label}` : label,
    group: through?.label ?? null,
    kind,
    field,
  });
  const whole = fields
    .filter(({ type }) => type !== 'address')
    .map((field) => make(field, field.name, field.label, kinds[field.type] ?? 'text'));
  const parts = fields.flatMap((field) =>
    field.parts
      .filter(({ name }) => field.type !== 'phone' && (field.type !== 'money' || name === 'currency'))
      .map(({ name, label }) => make(field, `${field.name}.${name}`, `${field.label} · ${label}`, 'text')),
  );
  // What the values of a list mean, whatever they are called: open, won, lost.
  const meanings = fields
    .filter(({ classes }) => classes.length > 0)
    .map((field) => {
      const values = field.classes.map((one) => ({
        ...one,
        active: true,
        class: null,
        probability: null,
        color: null,
      }));
      const label = `${field.label} · ${i18n.t('list.meaning')}`;
      return make({ ...field, values }, `${field.name}.class`, label, 'codes');
    });
  return [...whole, ...meanings, ...parts];
}
