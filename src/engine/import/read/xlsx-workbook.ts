import { keepable } from '../../../lib/keepable.ts';
import type { Pieces } from './pieces.ts';
import { unzipped } from './unzip.ts';
import { type NumberMeaning, readStyles } from './xlsx-formats.ts';
import { brokenWorkbook, lockedWorkbook, otherThanWorkbook } from './xlsx-refusals.ts';
import { type XmlHandler, xmlReader } from './xml-reader.ts';
import { type ZipEntry, zipDirectory } from './zip-directory.ts';

/** A sheet of a workbook and the file in it that holds its cells. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ZipEntry;
}

/** What is in a workbook, its cells still unread. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly styles: readonly NumberMeaning[];
  readonly strings: ZipEntry | null;
  readonly isFrom1904: boolean;
}

/** Bytes that the description of a workbook may have, its sheets and texts apart. */
const longestPart = 64 * 1024 * 1024;

/** Reads what a workbook consists of; refuses other archives. */
export async function openWorkbook(pieces: Pieces): Promise<Workbook> {
  const entries = new Map((await zipDirectory(pieces)).map((entry) => [entry.name.toLowerCase(), entry]));
  if (entries.has('encryptedpackage')) throw lockedWorkbook();
  const main = entries.get('xl/workbook.xml') ?? (await mainPart(pieces, entries));
  if (!main) throw otherThanWorkbook();
  const folder = main.name.slice(0, main.name.lastIndexOf('/') + 1);
  const links = await linksOf(pieces, entries, folder, main.name.slice(folder.length));
  const byId = new Map(links.toReversed().map((link) => [link.id, link]));
  const sheets: Sheet[] = [];
  const shown = new Set<ZipEntry>();
  let isFrom1904 = false;
  await readPart(pieces, main, {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attributes('date1904') ?? '');
      if (name !== 'sheet') return;
      const link = byId.get(attributes('id') ?? '');
      // Charts and dialogs are sheets without cells.
      if (!link?.entry || !link.type.endsWith('/worksheet')) return;
      // Shown again and again, a small sheet would become a workbook without end.
      if (shown.has(link.entry)) throw brokenWorkbook();
      shown.add(link.entry);
      const isHidden = !['visible', undefined].includes(attributes('state'));
      sheets.push({ name: keepable(attributes('name') ?? ''), isHidden, entry: link.entry });
    },
  });
  const of = (type: string): ZipEntry | null => links.find((link) => link.type.endsWith(type))?.entry ?? null;
  const styles = of('/styles');
  return {
    sheets,
    styles: styles ? await stylesOf(pieces, styles) : [],
    strings: of('/sharedStrings'),
    isFrom1904,
  };
}

/** The text of a file in the archive, as it is unpacked. */
export async function* partText(pieces: Pieces, entry: ZipEntry): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const bytes of unzipped(pieces, entry)) {
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8');
    yield decoder.decode(bytes, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

interface Link {
  readonly id: string;
  readonly type: string;
  readonly entry: ZipEntry | null;
}

type Entries = ReadonlyMap<string, ZipEntry>;

/** The part that a package says it begins with, where it isn't where it usually is. */
async function mainPart(pieces: Pieces, entries: Entries): Promise<ZipEntry | null> {
  const links = await linksOf(pieces, entries, '', '');
  const found = links.find(({ type }) => type.endsWith('/officeDocument'))?.entry ?? null;
  return found?.name.toLowerCase().endsWith('workbook.xml') ? found : null;
}

/** What a part of the package refers to. */
async function linksOf(
  pieces: Pieces,
  entries: Entries,
  folder: string,
  part: string,
): Promise<readonly Link[]> {
  const entry = entries.get(`${folder}_rels/${part}.rels`.toLowerCase());
  if (!entry) return [];
  const links: Link[] = [];
  await readPart(pieces, entry, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const path = pathOf(attributes('Target') ?? '', folder);
      links.push({
        id: attributes('Id') ?? '',
        type: attributes('Type') ?? '',
        entry: path === null ? null : (entries.get(path) ?? null),
      });
    },
  });
  return links;
}

/** The name of the file that a part refers to; null when that is no address. */
function pathOf(target: string, folder: string): string | null {
  try {
    return decodeURIComponent(new URL(target, `zip:/${folder}`).pathname.slice(1).toLowerCase());
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}

async function readPart(pieces: Pieces, entry: ZipEntry, handler: Pick<XmlHandler, 'open'>): Promise<void> {
  const reader = xmlReader({ close() {}, text() {}, ...handler });
  for await (const text of smallPart(pieces, entry)) reader.push(text);
  reader.end();
}

async function stylesOf(pieces: Pieces, entry: ZipEntry): Promise<readonly NumberMeaning[]> {
  const styles = readStyles();
  for await (const text of smallPart(pieces, entry)) styles.push(text);
  return styles.end();
}

function smallPart(pieces: Pieces, entry: ZipEntry): AsyncGenerator<string> {
  if (entry.size > longestPart) throw brokenWorkbook();
  return partText(pieces, entry);
}
