import { snakeCase } from '../lib/names.ts';
import type { Field } from '../model/field.ts';

/** The column of a field, `closeDate` → `close_date`, or of one of its parts, `amount` and `currency` → `amount_currency`. */
export const columnName = (field: Field, part?: string): string =>
  part === undefined ? snakeCase(field.name) : `${snakeCase(field.name)}_${snakeCase(part)}`;
