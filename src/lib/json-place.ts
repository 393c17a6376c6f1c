/** Where a text stops being JSON, as a person finds it: lines and columns count from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
  /** What stands there, shortened; '' = the text ends too early. */
  readonly near: string;
}

const space = /[ \t\n\r]*/y;
const escaping = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const plain = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const mark = /[[\]{},:]/y;

/** What may come next: a value, a name or what follows either; `end` allows the bracket that closes at once. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next';

/**
 * The place where `text` stops being JSON, for a text that `JSON.parse` refused: its own message names the place only
 * sometimes, and in English always.
 */
export function jsonPlace(text: string): JsonPlace {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    at += taken(space, text, at).length;
    const begins = at;
    const wantsValue = expected === 'value' || expected === 'value or end';
    const isKey = expected === 'key' || expected === 'key or end';
    const token =
      (wantsValue || isKey ? quoted(text, at) : '') ||
      (wantsValue ? taken(plain, text, at) : '') ||
      taken(mark, text, at);
    const next = following(token, expected, open);
    if (next === null) return placeOf(text, begins);
    at += token.length;
    expected = next;
  }
}

/** What may follow `token`, keeping count of the brackets that are open; null when it may not stand here. */
function following(token: string, expected: Expected, open: string[]): Expected | null {
  const inside = open.at(-1);
  switch (token) {
    case '{':
    case '[':
      if (expected !== 'value' && expected !== 'value or end') return null;
      open.push(token);
      return token === '{' ? 'key or end' : 'value or end';
    case '}':
    case ']':
      if (inside !== (token === '}' ? '{' : '[')) return null;
      if (expected !== 'next' && expected !== 'key or end' && expected !== 'value or end') return null;
      open.pop();
      return 'next';
    case ',':
      if (expected !== 'next' || inside === undefined) return null;
      return inside === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : null;
    case '':
      return null;
    default:
      return expected === 'key' || expected === 'key or end' ? 'colon' : 'next';
  }
}

/** The text in quotation marks that begins at `at`, marks included; '' when none does, or a broken one. */
function quoted(text: string, at: number): string {
  if (text[at] !== '"') return '';
  for (let place = at + 1; place < text.length; place += 1) {
    const letter = text[place] ?? '';
    if (letter === '"') return text.slice(at, place + 1);
    if (letter < ' ') return '';
    if (letter !== '\\') continue;
    const escaped = taken(escaping, text, place);
    if (escaped === '') return '';
    place += escaped.length - 1;
  }
  return '';
}

function taken(what: RegExp, text: string, at: number): string {
  what.lastIndex = at;
  return what.exec(text)?.[0] ?? '';
}

function placeOf(text: string, at: number): JsonPlace {
  const before = text.slice(0, at);
  const near = /^(?:[\p{L}\p{N}_]+|[\s\S])?/u.exec(text.slice(at, at + 30))?.[0] ?? '';
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), near };
}
