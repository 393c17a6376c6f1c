import type { Values } from '../../model/record.ts';
import { headCell, sheetCell, xmlText } from './sheet-cell.ts';
import type { ExportFormat, ExportTable, WriteOptions } from './table.ts';
import { openZip } from './zip.ts';

/** Rows that a sheet holds below its first one; what is more goes on in a further sheet. */
const mostRows = 1_048_575;

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook: numbers, days and moments are such; all else is text, which is never computed. */
export const xlsx: ExportFormat = {
  extension: 'xlsx',
  contentType: `${spreadsheet}.sheet`,
  async *write(table, o) {
    const zip = openZip();
    const records = recordsOf(table.batches);
    let sheets = 0;
    let next = await records.next();
    do {
      sheets += 1;
      const rows = { first: next, rest: records };
      yield* zip.add(
        `xl/worksheets/sheet${sheets}.xml`,
        sheet(table, o, rows, (after) => {
          next = after;
        }),
      );
    } while (!next.done);
    for (const [name, content] of Object.entries(parts(table.title, sheets)))
      yield* zip.add(name, [Buffer.from(`${xml}${content}`)]);
    yield zip.end();
  },
};

async function* recordsOf(batches: ExportTable['batches']): AsyncGenerator<readonly Values[], undefined> {
  for await (const records of batches) yield records;
  return undefined;
}

type Batch = IteratorResult<readonly Values[], undefined>;

/** One sheet, from the batch already at hand on; tells the batch that the next one begins with. */
async function* sheet(
  { columns }: ExportTable,
  { header, timeZone }: WriteOptions,
  { first, rest }: { readonly first: Batch; readonly rest: AsyncGenerator<readonly Values[], undefined> },
  leave: (next: Batch) => void,
): AsyncGenerator<Buffer> {
  const letters = columns.map((_, index) => lettersOf(index));
  const head = columns.map((column, index) =>
    headCell(`${letters[index]}1`, header === 'names' ? column.name : column.label),
  );
  yield Buffer.from(`${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="15" defaultColWidth="18"/><sheetData><row r="1">${head.join('')}</row>`);
  let row = 1;
  let batch = first;
  while (!batch.done && row <= mostRows) {
    const taken = batch.value.slice(0, mostRows + 1 - row);
    const lines = taken.map((record) => {
      row += 1;
      const cells = columns.map((column, index) =>
        sheetCell(`${letters[index]}${row}`, column.kind, column.cell(record), timeZone),
      );
      return `<row r="${row}">${cells.join('')}</row>`;
    });
    yield Buffer.from(lines.join(''));
    const left = batch.value.slice(taken.length);
    batch = left.length > 0 ? { done: false, value: left } : await rest.next();
  }
  leave(batch);
  yield Buffer.from('</sheetData></worksheet>');
}

/** `A` … `Z`, `AA` …: how spreadsheets count columns. */
function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest === 0 ? '' : lettersOf(rest - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

/** What a workbook needs besides its sheets. */
function parts(title: string, sheets: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const each = (write: (number: number) => string): string => numbers.map(write).join('');
  const styleId = `rId${sheets + 1}`;
  return {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="${styleId}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((number) => `<sheet name="${xmlText(sheetName(title, number))}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
}

/** At most 31 letters, none of those that sheets may not have in their names. */
const sheetName = (title: string, number: number): string => {
  const name =
    title
      .replace(/[\\/?*[\]:']/g, ' ')
      .slice(0, 27)
      .trim() || 'Export';
  return number === 1 ? name : `${name} ${number}`;
};
