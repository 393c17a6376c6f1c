import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';

/** A property of a card, its value decoded but still escaped. */
export interface CardProperty {
  readonly line: number;
  /** Upper case. */
  readonly name: string;
  /** What ties properties together: `item1`. */
  readonly group: string;
  /** Upper case; `TEL;WORK` and `TEL;TYPE=work` alike. */
  readonly types: ReadonlySet<string>;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Letters that one property may have; pictures and keys, which are passed over, may have more. */
const longestProperty = 1024 * 1024;

const tooLong = message(
  'vcard-line-too-long',
  'Line {line}: the property {name} has more than {max} KB. Export the cards again.',
  'Ligne {line} : la propriété {name} dépasse {max} Ko. Exportez à nouveau les cartes.',
  'Línea {line}: la propiedad {name} tiene más de {max} KB. Exporte de nuevo las tarjetas.',
);

const passedOver = /^(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY|AGENT|X-MS-OL-DESIGN|X-MS-CARDPICTURE)[;:]/i;
const startsProperty = /^(?:[\w-]+\.)?[\w-]+(?:;[^:]*)?:/;
const isQuotedPrintable = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE(?=[;:])/i;

/**
 * Puts lines of cards together as they come: folded ones, and those that quoted-printable breaks. The text is bytes,
 * one letter each (`latin1`), since each property may have an encoding of its own.
 */
export function cardLines(take: (text: string, line: number) => void): {
  push(bytes: Buffer): void;
  end(): void;
} {
  let rest = '';
  let line = 0;
  let open = '';
  let openLine = 0;
  let isSoft = false;
  let isPassed = false;

  const finish = (): void => {
    if (open !== '' && !isPassed) take(open, openLine);
    open = '';
  };
  const add = (text: string): void => {
    if (isPassed) return;
    open += text;
    if (open.length <= longestProperty) return;
    const name = open.slice(0, 30).split(/[;:]/)[0] ?? '';
    throw new Problem('invalid', {
      message: tooLong,
      params: { line: openLine, name, max: longestProperty / 1024 },
    });
  };
  const next = (text: string): void => {
    line += 1;
    if (isSoft) {
      isSoft = text.endsWith('=');
      add(isSoft ? text.slice(0, -1) : text);
      return;
    }
    if (/^[ \t]/.test(text)) {
      add(text.slice(1));
      return;
    }
    if (text === '') return;
    if (open !== '' && !startsProperty.test(text)) {
      // Some programs forget to fold what has several lines.
      add(`\n${text}`);
      return;
    }
    finish();
    isPassed = passedOver.test(text);
    openLine = line;
    isSoft = !isPassed && text.endsWith('=') && isQuotedPrintable.test(text);
    open = isPassed ? text.slice(0, 30) : '';
    add(isSoft ? text.slice(0, -1) : text);
  };

  return {
    push(bytes) {
      const all = rest + bytes.toString('latin1');
      // A line feed may still follow a carriage return at the end.
      const whole = all.endsWith('\r') ? all.slice(0, -1) : all;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + all.slice(whole.length);
      for (const text of lines) next(text);
      if (rest.length <= longestProperty) return;
      next(rest);
      rest = '';
    },
    end() {
      for (const text of rest.split(/\r\n|\n|\r/)) next(text);
      finish();
    },
  };
}

/** Reads a line as a property; null when it is none. `charset` is the encoding of the file. */
export function cardProperty(text: string, line: number, charset: string): CardProperty | null {
  const colon = colonOf(text);
  if (colon < 0) return null;
  const [head = '', ...rest] = splitOutside(text.slice(0, colon), ';');
  const dot = head.indexOf('.');
  const types = new Set<string>();
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? '' : part.slice(0, equals).trim().toUpperCase();
    const value = part
      .slice(equals + 1)
      .replaceAll('"', '')
      .trim();
    if (equals < 0 && /^(quoted-printable|base64|b|8bit|7bit)$/i.test(value))
      parameters.set('ENCODING', value.toUpperCase());
    else if (equals < 0 || name === 'TYPE')
      for (const type of value.split(',')) types.add(type.trim().toUpperCase());
    else parameters.set(name, value);
  }
  const encoded = text.slice(colon + 1);
  const isQuoted = parameters.get('ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE';
  return {
    line,
    name: head
      .slice(dot + 1)
      .trim()
      .toUpperCase(),
    group: dot < 0 ? '' : head.slice(0, dot).toLowerCase(),
    types,
    parameters,
    value: decodedBy(parameters.get('CHARSET') ?? charset, charset, isQuoted ? unquoted(encoded) : encoded),
  };
}

/** The first colon outside quotation marks. */
function colonOf(text: string): number {
  let isQuoted = false;
  for (let place = 0; place < text.length; place += 1) {
    if (text[place] === '"') isQuoted = !isQuoted;
    else if (text[place] === ':' && !isQuoted) return place;
  }
  return -1;
}

function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let place = 0; place < text.length; place += 1) {
    if (text[place] === '"') isQuoted = !isQuoted;
    else if (text[place] === separator && !isQuoted) {
      parts.push(text.slice(from, place));
      from = place + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Quoted-printable as the bytes it stands for. */
const unquoted = (text: string): string =>
  text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function decodedBy(charset: string, otherwise: string, bytes: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    // A character set that nobody knows: the file's own is the best guess.
    decoder = new TextDecoder(otherwise);
  }
  return decoder.decode(Buffer.from(bytes, 'latin1'));
}
