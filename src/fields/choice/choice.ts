import { labels } from '../../lib/locale.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import {
  type ChoiceValue,
  choiceCodes,
  choiceLabel,
  choiceOf,
  unknownValue,
  verifyChoice,
} from '../choice-values.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { accepted, isEmpty, wrongType } from '../read-result.ts';
import { valuesSettings } from '../setting.ts';
import { textOf } from '../text-column.ts';

/** What an author may say of a choice: its values, in the order people see them. */
export interface ChoiceSettings extends CommonSettings {
  readonly values: readonly ChoiceValue[];
}

const aCode = labels('the code of one value', 'le code d’une valeur', 'el código de un valor');

/** One value of a list that is closed in code. */
export const choice = (settings: ChoiceSettings): FieldSpec => fieldSpec('choice', { ...settings });

/** One value of a list that is closed in code, kept as its code. */
export const choiceField: FieldType<string> = {
  name: 'choice',
  columns: (field) => {
    const name = columnName(field);
    const codes = choiceCodes(field).map((code) => `'${code.replaceAll("'", "''")}'`);
    return [{ name, sql: 'text collate "C"', check: `"${name}" in (${codes.join(', ')})` }];
  },
  paths: (field) => ({ '': { kind: 'code', column: columnName(field), pick: (value) => value ?? null } }),
  settings: valuesSettings,
  sortable: true,
  read: (input, field) => {
    if (isEmpty(input)) return accepted<string>(null);
    if (typeof input !== 'string') return wrongType(aCode, input);
    return choiceCodes(field).includes(input) ? accepted(input) : unknownValue(input, field);
  },
  readText: (cell, field) => {
    if (isEmpty(cell)) return accepted<string>(null);
    const code = choiceOf(cell, field);
    return code === null ? unknownValue(cell, field) : accepted(code);
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => textOf(row, columnName(field)),
  toText: (value, field, env) => choiceLabel(value, field, env.locale),
  jsonSchema: (field) => ({ type: 'string', enum: choiceCodes(field) }),
  example: (field) => choiceCodes(field)[0] ?? null,
  describe: () => ({}),
  verify: verifyChoice,
};
