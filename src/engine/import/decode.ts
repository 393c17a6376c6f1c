import { isUtf8 } from 'node:buffer';
import { type Labels, labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';

/** Largest file taken, in bytes. */
export const maxFileBytes = 50 * 1024 * 1024;

/** How a file's bytes are read as text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const empty = message(
  'file-empty',
  'The file is empty. Choose a CSV file with a line of column names and at least one row.',
  'Le fichier est vide. Choisissez un fichier CSV avec une ligne de noms de colonnes et au moins une ligne.',
  'El archivo está vacío. Elija un archivo CSV con una línea de nombres de columnas y al menos una fila.',
);
const tooLarge = message(
  'file-too-large',
  'The file has {size} MB; at most {max} MB are taken. Split it into several files.',
  'Le fichier fait {size} Mo ; {max} Mo au plus sont acceptés. Découpez-le en plusieurs fichiers.',
  'El archivo tiene {size} MB; se aceptan como máximo {max} MB. Divídalo en varios archivos.',
);
const otherKind = message(
  'file-not-csv',
  'This is {kind}, not a CSV file. Open it there and save it as CSV (UTF-8), then choose that file.',
  'Ceci est {kind}, pas un fichier CSV. Ouvrez-le, enregistrez-le en CSV (UTF-8), puis choisissez ce fichier.',
  'Esto es {kind}, no un archivo CSV. Ábralo, guárdelo como CSV (UTF-8) y elija ese archivo.',
);
const binary = message(
  'file-binary',
  'The file isn’t text: byte {place} can’t be in a CSV file. Export it again as CSV (UTF-8).',
  'Le fichier n’est pas du texte : l’octet {place} ne peut figurer dans un fichier CSV. Exportez-le à nouveau en CSV (UTF-8).',
  'El archivo no es texto: el byte {place} no puede estar en un archivo CSV. Expórtelo de nuevo como CSV (UTF-8).',
);

const signatures: readonly { readonly bytes: readonly number[]; readonly kind: Labels }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    kind: labels(
      'an Excel or OpenDocument workbook, or a ZIP archive',
      'un classeur Excel ou OpenDocument, ou une archive ZIP',
      'un libro de Excel u OpenDocument, o un archivo ZIP',
    ),
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    kind: labels('an old Excel workbook', 'un ancien classeur Excel', 'un libro de Excel antiguo'),
  },
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    kind: labels('a PDF document', 'un document PDF', 'un documento PDF'),
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: labels('a picture', 'une image', 'una imagen') },
  { bytes: [0xff, 0xd8, 0xff], kind: labels('a picture', 'une image', 'una imagen') },
  { bytes: [0x47, 0x49, 0x46, 0x38], kind: labels('a picture', 'une image', 'una imagen') },
  {
    bytes: [0x1f, 0x8b],
    kind: labels('a compressed file', 'un fichier compressé', 'un archivo comprimido'),
  },
];

/** Reads the bytes of a file as text, whatever program wrote it; refuses what isn't text, by name where it's known. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes.length > maxFileBytes) {
    const params = { size: Math.ceil(bytes.length / 1024 / 1024), max: maxFileBytes / 1024 / 1024 };
    throw new Problem('too-large', { message: tooLarge, params });
  }
  const known = signatures.find((one) => one.bytes.every((byte, place) => bytes[place] === byte));
  if (known) throw new Problem('invalid', { message: otherKind, params: { kind: known.kind } });
  const encoding = encodingOf(bytes);
  const text = textOf(bytes, encoding).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new Problem('invalid', { message: empty });
  return { text, encoding };
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Latin text in UTF-16 without a mark has a NUL beside nearly every letter.
  const head = bytes.subarray(0, 4096);
  const nuls = [0, 0];
  head.forEach((byte, place) => {
    if (byte === 0) nuls[place % 2] = (nuls[place % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const many = head.length / 5;
  if (odd > many && even < odd / 10) return 'utf-16le';
  if (even > many && odd < even / 10) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function textOf(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8' || encoding === 'windows-1252') {
    const place = bytes.findIndex(isControl);
    if (place >= 0) throw new Problem('invalid', { message: binary, params: { place: place + 1 } });
    return new TextDecoder(encoding).decode(bytes);
  }
  const text = new TextDecoder(encoding).decode(bytes);
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === replacement || isControl(code))
      throw new Problem('invalid', { message: binary, params: { place: place * 2 + 1 } });
  }
  return text;
}

/** What a decoder puts where bytes mean nothing. */
const replacement = 0xfffd;

/** Bytes no text holds: control characters but tab, line ends, vertical tab and form feed. */
const isControl = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20);
