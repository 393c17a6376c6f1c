import { isUtf8 } from 'node:buffer';
import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';
import { buffered, headOf, type Pieces } from './pieces.ts';

/** How a file's bytes are read as text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

const empty = message(
  'file-empty',
  'The file is empty. Choose a file with a line of column names and at least one row.',
  'Le fichier est vide. Choisissez un fichier avec une ligne de noms de colonnes et au moins une ligne.',
  'El archivo está vacío. Elija un archivo con una línea de nombres de columnas y al menos una fila.',
);
const binary = message(
  'file-binary',
  'The file isn’t text: byte {place} can’t be in a table. Export it again as CSV (UTF-8).',
  'Le fichier n’est pas du texte : l’octet {place} ne peut figurer dans un tableau. Exportez-le à nouveau en CSV (UTF-8).',
  'El archivo no es texto: el byte {place} no puede estar en una tabla. Expórtelo de nuevo como CSV (UTF-8).',
);

/** What a decoder puts where bytes mean nothing. */
const replacement = 0xfffd;

/** Bytes no text holds: control characters but tab, line ends, vertical tab and form feed. */
const isControl = (code: number): boolean => code < 0x09 || (code > 0x0d && code < 0x20);

const control = 1;
const visible = 2;
const high = 4;
/** Bytes that Windows-1252 gives no meaning to, while the old character set of the Macintosh has é, è or ù there. */
const macintosh = 8;
const kindOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (isControl(byte)) return control;
  const kind = byte > 0x20 ? visible : 0;
  return kind | (byte > 0x7f ? high : 0) | ([0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte) ? macintosh : 0);
});

/** Reads a whole file once to say how its bytes are text, whatever program wrote it; refuses what is empty or isn't text. */
export async function encodingOf(pieces: Pieces): Promise<Encoding> {
  const wide = wideEncodingOf(await headOf(pieces, 4096));
  if (wide !== null) {
    await refuseBrokenText(pieces, wide);
    return wide;
  }
  const isValid = utf8Checker();
  let seen = 0;
  let place = 0;
  for await (const piece of pieces()) {
    const from = place === 0 ? markLength(piece) : 0;
    for (let index = from; index < piece.length; index += 1) {
      const kind = kindOfByte[piece[index] ?? 0] ?? 0;
      seen |= kind;
      if (kind === control) throw notText(place + index + 1);
    }
    if ((seen & high) !== 0) isValid.push(piece);
    else isValid.pushPlain();
    place += piece.length;
  }
  if ((seen & visible) === 0) throw nothingHere();
  if (isValid.end()) return 'utf-8';
  return (seen & macintosh) === 0 ? 'windows-1252' : 'macintosh';
}

/** The refusal of a file without anything in it. */
export const nothingHere = (): Problem => new Problem('invalid', { message: empty });

const notText = (place: number): Problem => new Problem('invalid', { message: binary, params: { place } });

/** The length of the mark by which some programs begin UTF-8. */
const markLength = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** UTF-16 by its mark, or by the NUL beside nearly every letter that Latin text has in it. */
function wideEncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const nuls = [0, 0];
  head.forEach((byte, place) => {
    if (byte === 0) nuls[place % 2] = (nuls[place % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const many = head.length / 5;
  if (odd > many && even < odd / 10) return 'utf-16le';
  if (even > many && odd < even / 10) return 'utf-16be';
  return null;
}

async function refuseBrokenText(pieces: Pieces, encoding: Encoding): Promise<void> {
  let place = 0;
  let hasText = false;
  for await (const text of decoded(pieces, encoding)) {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === replacement || isControl(code)) throw notText((place + index) * 2 + 1);
    }
    hasText ||= text.trim() !== '';
    place += text.length;
  }
  if (!hasText) throw nothingHere();
}

async function* decoded(pieces: Pieces, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces()) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** Tells whether bytes that come in pieces are UTF-8: a letter may lie across two of them. */
function utf8Checker(): { push(bytes: Uint8Array): void; pushPlain(): void; end(): boolean } {
  let isGood = true;
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      if (!isGood) return;
      const all = rest.length === 0 ? buffered(bytes) : Buffer.concat([rest, bytes]);
      const whole = all.length - unfinished(all);
      isGood = isUtf8(all.subarray(0, whole));
      rest = Buffer.from(all.subarray(whole));
    },
    pushPlain() {
      isGood &&= rest.length === 0;
    },
    end: () => isGood && rest.length === 0,
  };
}

/** How many bytes at the end begin a letter whose last byte is still to come. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** The bytes of a text without its mark, in an encoding where ASCII letters are one byte each: UTF-16 becomes UTF-8. */
export async function* narrowBytes(pieces: Pieces, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding.startsWith('utf-16')) {
    for await (const text of decoded(pieces, encoding)) if (text !== '') yield Buffer.from(text);
    return;
  }
  let isFirst = encoding === 'utf-8';
  let begun: Buffer | null = null;
  for await (const piece of pieces()) {
    let bytes: Buffer = begun === null ? buffered(piece) : Buffer.concat([begun, piece]);
    begun = null;
    if (isFirst && bytes.length < 3) {
      begun = bytes;
      continue;
    }
    if (isFirst) bytes = bytes.subarray(markLength(bytes));
    isFirst = false;
    if (bytes.length > 0) yield bytes;
  }
  if (begun !== null) yield begun;
}

/** Reads a stretch of what `narrowBytes` gives as text. */
export type ReadText = (bytes: Buffer, from: number, to: number) => string;

/** How to read stretches of a text's narrow bytes. */
export function textReader(encoding: Encoding): ReadText {
  if (encoding !== 'windows-1252' && encoding !== 'macintosh')
    return (bytes, from, to) => bytes.toString('utf8', from, to);
  const decoder = new TextDecoder(encoding);
  return (bytes, from, to) => decoder.decode(bytes.subarray(from, to));
}
