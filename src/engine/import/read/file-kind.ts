import { type Labels, labels } from '../../../lib/locale.ts';
import { message } from '../../../lib/message.ts';
import { Problem } from '../../../lib/problem.ts';
import type { ImportFormat } from '../../../model/import.ts';
import { nothingHere } from './encoding.ts';

const otherKind = message(
  'file-not-a-table',
  'This is {kind}, not a table. Save it as CSV (UTF-8) or .xlsx, then choose that file.',
  'Ceci est {kind}, pas un tableau. Enregistrez-le en CSV (UTF-8) ou .xlsx, puis choisissez ce fichier.',
  'Esto es {kind}, no una tabla. Guárdelo como CSV (UTF-8) o .xlsx y elija ese archivo.',
);

const signatures: readonly { readonly bytes: readonly number[]; readonly kind: Labels }[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    kind: labels(
      'an Excel workbook of the old kind (.xls) or one with a password',
      'un classeur Excel d’ancien format (.xls) ou protégé par un mot de passe',
      'un libro de Excel de formato antiguo (.xls) o con contraseña',
    ),
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
const markup = labels('a web page or XML', 'une page web ou du XML', 'una página web o XML');

/** What a file is, by its first bytes; refuses what can't be a table, by name where it's known. */
export function fileKind(head: Buffer): ImportFormat {
  if (head.length === 0) throw nothingHere();
  if (begins(head, [0x50, 0x4b, 3, 4]) || begins(head, [0x50, 0x4b, 5, 6])) return 'xlsx';
  const known = signatures.find(({ bytes }) => begins(head, bytes));
  if (known) throw refused(known.kind);
  // NULs of UTF-16 and marks of encodings fall away.
  const text = head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (/^BEGIN:VCARD\s/i.test(text)) return 'vcard';
  if (/^[[{]\s*["[{}\]]/.test(text)) return 'jsonl';
  if (/^<(!doctype|html|\?xml|table)/i.test(text)) throw refused(markup);
  return 'csv';
}

const begins = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, place) => head[place] === byte);

const refused = (kind: Labels): Problem => new Problem('invalid', { message: otherKind, params: { kind } });
