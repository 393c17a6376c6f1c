import type {
  ColumnMapping,
  ImportMapping,
  ImportTarget,
  UnknownPolicy,
  UnknownValue,
  ValueChoice,
} from '../../../model/import.ts';

/** What the mapping says of a column; a column it doesn't name is left out. */
export const columnOf = (mapping: ImportMapping, column: string): ColumnMapping =>
  mapping.columns.find((known) => known.column === column) ?? { column, to: null };

/** The mapping with another word on one column, in its place in the file. */
export function withColumn(
  mapping: ImportMapping,
  names: readonly string[],
  changed: ColumnMapping,
): ImportMapping {
  return {
    ...mapping,
    columns: names.map((name) => (name === changed.column ? changed : columnOf(mapping, name))),
  };
}

/** A column that becomes something else: what was said of its former target no longer holds. */
export const retargeted = (column: string, to: string | null): ColumnMapping => ({ column, to });

/** A column with one of its settings given, or taken back with undefined. */
export function withSetting<K extends 'by' | 'unknown' | 'values'>(
  column: ColumnMapping,
  name: K,
  value: ColumnMapping[K] | undefined,
): ColumnMapping {
  const { [name]: _, ...rest } = column;
  return (value === undefined ? rest : { ...rest, [name]: value }) as ColumnMapping;
}

/** The mapping with one of its options given, or taken back with undefined. */
export function withOption<
  K extends 'currency' | 'decimal' | 'dateOrder' | 'country' | 'constants' | 'duplicates',
>(mapping: ImportMapping, name: K, value: ImportMapping[K] | undefined): ImportMapping {
  const { [name]: _, ...rest } = mapping;
  return (value === undefined ? rest : { ...rest, [name]: value }) as ImportMapping;
}

/** What an unknown value of a column becomes: its own word, else the column's, else what the server took. */
export function becomes(column: ColumnMapping, unknown: UnknownValue): ValueChoice {
  const own = column.values?.[unknown.value];
  if (own !== undefined) return own;
  return column.unknown === undefined ? unknown.becomes : policyChoice(column.unknown);
}

/** A policy as the choice of a single value. */
export const policyChoice = (policy: UnknownPolicy): ValueChoice =>
  policy === 'create' ? { create: true } : policy === 'empty' ? { empty: true } : { refuse: true };

/** A choice as the value of a select: `code:closed-won`, `do:create`. */
export function choiceText(choice: ValueChoice): string {
  if (typeof choice === 'string') return `code:${choice}`;
  return 'create' in choice ? 'do:create' : 'empty' in choice ? 'do:empty' : 'do:refuse';
}

/** The choice that a select's value means. */
export function textChoice(text: string): ValueChoice {
  return text.startsWith('code:') ? text.slice(5) : policyChoice(text.slice(3) as UnknownPolicy);
}

/** All unknown values of a column at once: a policy takes back what was said of single ones. */
export const withPolicy = (column: ColumnMapping, policy: UnknownPolicy): ColumnMapping =>
  withSetting(withSetting(column, 'values', undefined), 'unknown', policy);

/** The policy that holds for all of these values, or null when they differ. */
export function commonChoice(column: ColumnMapping, values: readonly UnknownValue[]): string | null {
  const texts = new Set(values.map((value) => choiceText(becomes(column, value))));
  const [only] = texts;
  return texts.size === 1 && only?.startsWith('do:') ? only : null;
}

/** Other columns of the file that fill the same target. */
export const sharing = (mapping: ImportMapping, column: ColumnMapping): readonly string[] =>
  column.to === null
    ? []
    : mapping.columns
        .filter((other) => other.to === column.to && other.column !== column.column)
        .map((other) => other.column);

/** The id of the input that holds a fixed value. */
export const constantId = (to: string): string => `constant-${to}`;

/** Targets a new record needs that neither a column nor a fixed value fills; a part fills its field. */
export function missingTargets(
  targets: readonly ImportTarget[],
  mapping: ImportMapping,
): readonly ImportTarget[] {
  const filled = [...mapping.columns, ...(mapping.constants ?? [])].map(({ to }) => to);
  return targets.filter(
    ({ to, required }) =>
      required &&
      !filled.some((given) => given === to || given?.startsWith(`${to}.`) || givesParent(given, to)),
  );
}

/** A required part (`name.last`) is also filled by a column that becomes the whole field. */
const givesParent = (given: string | null, to: string): boolean =>
  given !== null && to.startsWith(`${given}.`);
