import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { type CommonSettings, type FieldSpec, fieldSpec } from '../../model/field.ts';
import { columnName } from '../column-name.ts';
import type { FieldType, Read } from '../field-type.ts';
import { accepted, isEmpty, quoted, refused, wrongType } from '../read-result.ts';

/** What an author may say of JSON: nothing further; the entity’s own rules say what it must look like. */
export type JsonSettings = Omit<CommonSettings, 'unique'>;

/** Characters of its text, and how deep lists and objects may lie in one another. */
const longest = 50_000;
const deepest = 12;

const tooLong = message(
  'json-too-long',
  '{length} characters of JSON are too many: at most {max} fit',
  '{length} caractères de JSON, c’est trop : {max} au plus',
  '{length} caracteres de JSON son demasiados: caben {max} como máximo',
);
const tooDeep = message(
  'json-too-deep',
  'Lists and objects lie more than {max} deep in one another: make it flatter',
  'Listes et objets sont imbriqués sur plus de {max} niveaux : aplatissez',
  'Hay listas y objetos anidados a más de {max} niveles: hágalo más plano',
);
const notStorable = message(
  'json-not-storable',
  'It holds a character that can’t be stored (U+0000 or half a character): remove it',
  'Un caractère ne peut pas être enregistré (U+0000 ou demi-caractère) : supprimez-le',
  'Contiene un carácter que no se puede guardar (U+0000 o medio carácter): elimínelo',
);
const aJson = labels('a JSON value', 'une valeur JSON', 'un valor JSON');

/** A JSON value: settings whose shape depends on something else. */
export const json = (settings: JsonSettings): FieldSpec => fieldSpec('json', { ...settings });

/** A JSON value, kept as it is; neither filtered nor sorted by. */
export const jsonField: FieldType = {
  name: 'json',
  columns: (field) => [{ name: columnName(field), sql: 'jsonb' }],
  paths: () => ({}),
  sortable: false,
  read: readJson,
  readText: (cell) => {
    if (isEmpty(cell)) return accepted<unknown>(null);
    if (cell.length > longest) return refused(tooLong, { length: cell.length, max: longest }, quoted(cell));
    try {
      return readJson(JSON.parse(cell));
    } catch {
      return wrongType(aJson, cell.slice(0, 300));
    }
  },
  toRow: (value, field) => ({ [columnName(field)]: value }),
  fromRow: (row, field) => row[columnName(field)] ?? null,
  toText: (value) => JSON.stringify(value),
  cells: () => ({ '': (value) => JSON.stringify(value) }),
  jsonSchema: () => ({ type: ['object', 'array', 'string', 'number', 'boolean', 'null'] }),
  example: () => ({ max: 80 }),
  describe: () => ({}),
  verify: (field) => (field.unique ? ['JSON can’t be unique'] : []),
};

function readJson(input: unknown): Read {
  if (isEmpty(input)) return accepted<unknown>(null);
  const found = look(input, 0);
  if (found === 'other') return wrongType(aJson, String(input).slice(0, 300));
  if (found === 'deep') return refused(tooDeep, { max: deepest }, quoted(input));
  if (found === 'text') return refused(notStorable, {}, quoted(input));
  const { length } = JSON.stringify(input);
  return length > longest ? refused(tooLong, { length, max: longest }, quoted(input)) : accepted(input);
}

/** What keeps a value from being stored as JSON; null when nothing does. */
function look(value: unknown, depth: number): 'other' | 'deep' | 'text' | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'other';
  if (typeof value === 'string') return isStorable(value) ? null : 'text';
  if (typeof value !== 'object') return 'other';
  if (depth >= deepest) return 'deep';
  for (const [key, inner] of Object.entries(value)) {
    const found = isStorable(key) ? look(inner, depth + 1) : 'text';
    if (found) return found;
  }
  return null;
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
