import { fold } from '../../lib/fold.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType } from '../field-type.ts';
import { accepted, isEmpty, quoted, refused, wrongType } from '../read-result.ts';

const badText = message(
  'checkbox-unknown',
  '“{value}” means neither yes nor no; write yes or no',
  '« {value} » ne veut dire ni oui ni non ; écrivez oui ou non',
  '«{value}» no significa ni sí ni no; escriba sí o no',
);
const yesOrNo = labels('true or false', 'true ou false', 'true o false');
const yesWords = new Set([
  'true',
  'yes',
  'y',
  'oui',
  'o',
  'vrai',
  'si',
  's',
  'verdadero',
  '1',
  'x',
  'on',
  't',
  '✓',
  '✔',
]);
const noWords = new Set(['false', 'no', 'n', 'non', 'faux', 'falso', '0', 'off', 'f', '-']);

/** A box to tick; unticked unless `default: true`. */
export const checkbox = (settings: CommonSettings): FieldSpec =>
  fieldSpec('checkbox', { default: false, ...settings });

/** Ticked or not: a missing value is an unticked box, so that a filter never meets a third state. */
export const checkboxField: FieldType<boolean> = {
  name: 'checkbox',
  columns: (field) => [{ name: columnName(field), sql: 'boolean not null default false' }],
  paths: (field) => ({ '': { kind: 'boolean', column: columnName(field), pick: (value) => value === true } }),
  settings: {},
  sortable: true,
  read: (input) => {
    if (isEmpty(input)) return accepted(false);
    return typeof input === 'boolean' ? accepted(input) : wrongType(yesOrNo, input);
  },
  readText: (cell) => {
    const word = fold(cell.slice(0, 30));
    if (word === '') return accepted<boolean>(null);
    if (yesWords.has(word)) return accepted(true);
    return noWords.has(word) ? accepted(false) : refused(badText, { value: quoted(cell) }, cell);
  },
  toRow: (value, field) => ({ [columnName(field)]: value ?? false }),
  fromRow: (row, field) => row[columnName(field)] === true,
  toText: (value, _field, env) =>
    labels(value ? 'Yes' : 'No', value ? 'Oui' : 'Non', value ? 'Sí' : 'No')[env.locale],
  jsonSchema: () => ({ type: 'boolean' }),
  example: () => true,
  describe: () => ({}),
  verify: (field) => (field.unique ? ['a checkbox can’t be unique'] : []),
};
