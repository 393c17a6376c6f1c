import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';
import type { ReadText } from './encoding.ts';

/** A record of a JSON file, with the line on which it begins. */
export interface JsonRecord {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Bytes that one record may have. */
const longestRecord = 8 * 1024 * 1024;

const broken = message(
  'json-broken',
  'Line {line}: this isn’t JSON. Each line holds one record, like {"name": "Ada"}; or the file is one list of records.',
  'Ligne {line} : ce n’est pas du JSON. Chaque ligne contient un enregistrement, comme {"name": "Ada"} ; ou le fichier est une liste d’enregistrements.',
  'Línea {line}: esto no es JSON. Cada línea contiene un registro, como {"name": "Ada"}; o el archivo es una lista de registros.',
);
const noRecord = message(
  'json-no-record',
  'Line {line}: records are expected, like {"name": "Ada"}, not single values or lists.',
  'Ligne {line} : des enregistrements sont attendus, comme {"name": "Ada"}, et non des valeurs seules ou des listes.',
  'Línea {line}: se esperan registros, como {"name": "Ada"}, no valores sueltos ni listas.',
);
const tooLong = message(
  'json-record-too-long',
  'Line {line}: the record has more than {max} MB. Is a brace or a quotation mark left open?',
  'Ligne {line} : l’enregistrement dépasse {max} Mo. Une accolade ou un guillemet est-il resté ouvert ?',
  'Línea {line}: el registro tiene más de {max} MB. ¿Quedó abierta una llave o unas comillas?',
);

const tooDeep = message(
  'json-record-too-deep',
  'Line {line}: lists and records stand more than {deep} deep in one another. Is a brace or a bracket left open?',
  'Ligne {line} : des listes et des enregistrements sont imbriqués sur plus de {deep} niveaux. Une accolade ou un crochet est-il resté ouvert ?',
  'Línea {line}: hay listas y registros anidados a más de {deep} niveles. ¿Quedó abierto una llave o un corchete?',
);
/** How deep lists and records may stand in one another. */
const deepest = 100;

const code = (letter: string): number => letter.charCodeAt(0);
const [quote, backslash, lf, cr] = [code('"'), code('\\'), 10, 13];
const [open, close, openList, closeList, comma] = [code('{'), code('}'), code('['), code(']'), code(',')];
/** What single values and lists begin with. */
const beginsValue: readonly number[] = [...'"[-0123456789tfn'].map(code);

/**
 * Cuts records out of bytes as they come: one a line, one behind the other over several lines, or the items of one
 * list. Never holds more than the record that isn't whole yet.
 */
export function jsonScanner(read: ReadText): {
  push(bytes: Buffer): readonly JsonRecord[];
  /** Refuses a file that ends within a record or a list. */
  end(): void;
} {
  let rest: Buffer = Buffer.alloc(0);
  /** Where in `rest` looking goes on, within a record that isn't whole. */
  let looked = 0;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let line = 1;
  let began = 1;
  let isList: boolean | null = null;
  let isListOver = false;
  let records: JsonRecord[] = [];
  /** Where the record begins that is being looked through. */
  let start = 0;

  const refused = (said: typeof broken, at = line): Problem =>
    new Problem('invalid', {
      message: said,
      params: { line: at, max: longestRecord / 1024 / 1024, deep: deepest },
    });

  /** What may stand before, between and behind records. */
  const between = (byte: number, at: number): void => {
    if (byte === lf || byte === cr || byte === 0x20 || byte === 0x09) return;
    if (isListOver) throw refused(broken);
    if (byte === open) {
      isList ??= false;
      depth = 1;
      began = line;
      start = at;
    } else if (byte === openList && isList === null) isList = true;
    else if (byte === closeList && isList) isListOver = true;
    else if (byte !== comma || isList === null) throw refused(beginsValue.includes(byte) ? noRecord : broken);
  };

  const push = (bytes: Buffer): readonly JsonRecord[] => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    records = [];
    for (let at = looked; at < all.length; at += 1) {
      const byte = all[at] ?? 0;
      if (byte === lf || (byte === cr && all[at + 1] !== lf)) line += 1;
      if (depth === 0) between(byte, at);
      else if (isEscaped) isEscaped = false;
      else if (isText) {
        if (byte === backslash) isEscaped = true;
        else if (byte === quote) isText = false;
      } else if (byte === quote) isText = true;
      else if (byte === open || byte === openList) {
        depth += 1;
        if (depth > deepest) throw refused(tooDeep);
      } else if (byte === close || byte === closeList) {
        depth -= 1;
        if (depth === 0) records.push({ line: began, value: parsed(read(all, start, at + 1), began) });
      }
    }
    rest = depth === 0 ? Buffer.alloc(0) : all.subarray(start);
    looked = rest.length;
    start = 0;
    if (rest.length > longestRecord) throw refused(tooLong, began);
    return records;
  };

  const parsed = (text: string, at: number): JsonRecord['value'] => {
    try {
      return exactly(text);
    } catch {
      throw refused(broken, at);
    }
  };

  return {
    push,
    end() {
      if (depth > 0 || (isList && !isListOver)) throw refused(broken, depth > 0 ? began : line);
    },
  };
}

/** A record with its numbers as they are written, where a computer's number would hold fewer digits. */
function exactly(text: string): JsonRecord['value'] {
  if (!/\d{16}|\d[eE]|\d\.\d{12}/.test(text)) return JSON.parse(text) as JsonRecord['value'];
  const exact = (_key: string, value: unknown, context: { readonly source?: string }): unknown =>
    typeof value === 'number' ? (context.source ?? value) : value;
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown) as JsonRecord['value'];
}
