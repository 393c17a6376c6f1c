import { snakeCase } from '../lib/names.ts';
import type { Field } from '../model/field.ts';

const spelled = new Map<string, string>();

/** `snakeCase` of declared names, each spelled once: rows are read by these names a million times over. */
function spell(name: string): string {
  const known = spelled.get(name);
  if (known !== undefined) return known;
  const column = snakeCase(name);
  spelled.set(name, column);
  return column;
}

/** The column of a field, `closeDate` → `close_date`, or of one of its parts, `amount` and `currency` → `amount_currency`. */
export const columnName = (field: Field, part?: string): string =>
  part === undefined ? spell(field.name) : `${spell(field.name)}_${spell(part)}`;
