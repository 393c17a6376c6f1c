import { openZip } from '../../export/zip.ts';
import { allOf } from './reading.fixture.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** What a workbook made for a test consists of. */
export interface MadeWorkbook {
  /** The rows of each sheet as XML, by the sheet's name; a name that begins with `-` is hidden. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The shared texts as XML. */
  readonly strings?: string;
  /** Formats of cells by style, from 1: style 0 is general. */
  readonly formats?: readonly string[];
  readonly isFrom1904?: boolean;
  /** Written before names of elements: `x:`. */
  readonly prefix?: string;
}

/** The bytes of a workbook, its parts in the order in which Excel writes them: what cells refer to comes last. */
export async function workbookOf({
  sheets,
  strings,
  formats = [],
  isFrom1904 = false,
  prefix = '',
}: MadeWorkbook): Promise<Buffer> {
  const p = prefix;
  const space = p === '' ? 'xmlns' : `xmlns:${p.slice(0, -1)}`;
  const names = Object.keys(sheets);
  const codes = formats.map((code, index) => `<${p}numFmt numFmtId="${200 + index}" formatCode="${code}"/>`);
  const styles = ['0', ...formats.map((_, index) => String(200 + index))];
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><${p}workbook ${space}="${main}" xmlns:r="${office}"><${p}workbookPr date1904="${isFrom1904}"/><${p}sheets>${names
      .map(
        (name, index) =>
          `<${p}sheet name="${name.replace(/^-/, '')}" sheetId="${index + 1}" ${name.startsWith('-') ? 'state="hidden" ' : ''}r:id="rId${index}"/>`,
      )
      .join('')}</${p}sheets></${p}workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${names
      .map(
        (_, index) =>
          `<Relationship Id="rId${index}" Type="${office}/worksheet" Target="/xl/worksheets/sheet${index}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/><Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, index) => [
        `xl/worksheets/sheet${index}.xml`,
        `<?xml version="1.0"?><${p}worksheet ${space}="${main}"><!-- <row> --><${p}sheetData>${rows}</${p}sheetData></${p}worksheet>`,
      ]),
    ),
    'xl/styles.xml': `<${p}styleSheet ${space}="${main}"><${p}numFmts>${codes.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs><${p}cellXfs>${styles
      .map((id) => `<${p}xf numFmtId="${id}"/>`)
      .join('')}</${p}cellXfs></${p}styleSheet>`,
    'xl/sharedStrings.xml': `<${p}sst ${space}="${main}">${strings ?? ''}</${p}sst>`,
  };
  return zipOf(parts);
}

/** An archive of these files. */
export async function zipOf(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = openZip();
  const bytes: Buffer[] = [];
  for (const [name, content] of Object.entries(parts))
    bytes.push(...(await allOf(zip.add(name, [Buffer.from(content)]))));
  return Buffer.concat([...bytes, zip.end()]);
}

/** A row of cells with plain texts. */
export const rowOf = (...texts: readonly string[]): string =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
