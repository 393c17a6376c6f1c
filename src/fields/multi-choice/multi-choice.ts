import { type Labels, labels } from '../../lib/locale.ts';
import { type CommonSettings, type Field, type FieldSpec, fieldSpec } from '../../model/field.ts';
import {
  type ChoiceValue,
  choiceCodes,
  choiceLabel,
  choiceOf,
  unknownValue,
  verifyChoice,
} from '../choice-values.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isEmpty, wrongType } from '../read-result.ts';
import { valuesSettings } from '../setting.ts';

/** What an author may say of a choice of several: its values, in the order people see them. */
export interface MultiChoiceSettings extends Omit<CommonSettings, 'unique'> {
  readonly values: readonly ChoiceValue[];
}

const codeList: Labels = labels('a list of codes', 'une liste de codes', 'una lista de códigos');

/** Any number of values of a list that is closed in code. */
export const multiChoice = (settings: MultiChoiceSettings): FieldSpec =>
  fieldSpec('multi-choice', { ...settings });

/** Codes of a closed list, each once, in the list's order; none at all is null. */
export const multiChoiceField: FieldType<readonly string[]> = {
  name: 'multi-choice',
  columns: (field) => [{ name: columnName(field), sql: 'text[]' }],
  paths: (field) => ({ '': { kind: 'codes', column: columnName(field), pick: (value) => value ?? null } }),
  settings: valuesSettings,
  sortable: false,
  read: (input, field) => {
    if (isEmpty(input)) return accepted<readonly string[]>(null);
    if (!Array.isArray(input)) return wrongType(codeList, input);
    return gathered(input, field, (code) => (choiceCodes(field).includes(code) ? code : null));
  },
  readText: (cell, field) => {
    const words = cell.split(/[;,|\n]/).map((word) => word.trim());
    return gathered(
      words.filter((word) => word !== ''),
      field,
      (word) => choiceOf(word, field),
    );
  },
  cells: () => ({ '': (value) => value.join(';') }),
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => {
    const value = row[columnName(field)];
    return Array.isArray(value) && value.length > 0 ? value.map(String) : null;
  },
  toText: (value, field, env) => value.map((code) => choiceLabel(code, field, env.locale)).join(', '),
  jsonSchema: (field) => ({
    type: 'array',
    items: { type: 'string', enum: choiceCodes(field) },
    uniqueItems: true,
  }),
  example: (field) => choiceCodes(field).slice(0, 2),
  describe: () => ({}),
  verify: (field) => [
    ...verifyChoice(field),
    ...(field.unique ? ['a choice of several can’t be unique'] : []),
  ],
};

function gathered(
  inputs: readonly unknown[],
  field: Field,
  codeOf: (input: string) => string | null,
): Read<readonly string[]> {
  const codes = new Set<string>();
  for (const input of inputs) {
    if (typeof input !== 'string') return wrongType(codeList, input);
    const code = codeOf(input);
    if (code === null) return unknownValue(input, field);
    codes.add(code);
  }
  return accepted(codes.size === 0 ? null : choiceCodes(field).filter((code) => codes.has(code)));
}
