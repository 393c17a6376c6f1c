import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../lib/locale.ts';
import { Problem, problemDocument } from '../../lib/problem.ts';
import { decode } from './decode.ts';
import { type CsvTable, parseCsv } from './parse-csv.ts';

const read = (bytes: Uint8Array | string): CsvTable =>
  parseCsv(decode(typeof bytes === 'string' ? Buffer.from(bytes) : bytes).text);

/** The refusal as its code, or as `field: code` of each mistake. */
function refusal(bytes: Uint8Array | string): string {
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { message, mistakes } = error.detail;
    return message?.code ?? (mistakes ?? []).map((each) => `${each.field}: ${each.message.code}`).join(', ');
  }
  return 'taken';
}

function said(bytes: Uint8Array | string, locale: Locale): unknown {
  try {
    read(bytes);
  } catch (error) {
    return problemDocument(error as Problem, locale).detail;
  }
  return null;
}

const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a file that isn’t a table is refused by name', () => {
  test.each([
    ['an empty file', '', 'file-empty'],
    ['white space alone', ' \n\n \t', 'file-empty'],
    ['a mark and nothing else', '\uFEFF', 'file-empty'],
    ['an Excel workbook', Buffer.from('504b0304140006000800', 'hex'), 'file-not-csv'],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-not-csv'],
    ['a PDF', '%PDF-1.7 …', 'file-not-csv'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'file-not-csv'],
    ['a compressed file', gzipSync('a,b\n1,2\n'), 'file-not-csv'],
    ['bytes that are no text', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x01, 0x00, 0x02]), 'file-binary'],
    ['a NUL in the middle', 'name,city\nAda\0,Paris\n', 'file-binary'],
    ['headers without rows', 'name,city\n', 'csv-no-rows'],
    ['a broken quote', 'name,city\nAda,Paris\n"Bob,Rome\nCid,Oslo\n', 'csv-broken-quote'],
    ['text behind a closed quote', 'name,city\n"Bob" x,Rome\n', 'csv-broken-quote'],
    ['a doubled header', 'name,city,name\nAda,Paris,B\n', 'columns[2]: csv-double-header'],
    ['a header without a name', 'name,,city\nAda,x,Paris\n', 'columns[1]: csv-empty-header'],
    ['two mistakes at once', ',a,a\nx,y,z\n', 'columns[0]: csv-empty-header, columns[2]: csv-double-header'],
    ['a million columns', `${'a,'.repeat(1_000_000)}a\n${'1,'.repeat(1_000_000)}1\n`, 'csv-too-many-columns'],
    ['a header of a thousand letters', `${'a'.repeat(1000)},b\n1,2\n`, 'columns[0]: csv-long-header'],
  ])('%s', (_name, bytes, expected) => {
    expect(refusal(bytes)).toBe(expected);
  });

  test('a broken quote is told with its line, in every language', () => {
    const file = 'name,city\n"Ada\nLovelace",Paris\n"Bob,Rome\nCid,Oslo\n';
    for (const locale of locales) expect(said(file, locale)).toMatch(/4/);
    expect(said(file, 'fr')).toContain('guillemet');
    expect(said(file, 'es')).toContain('comillas');
  });

  test('a file beyond the limit is refused with its size', () => {
    expect(refusal(Buffer.alloc(51 * 1024 * 1024, 0x61))).toBe('file-too-large');
  });
});

describe('a table is read whatever program wrote it', () => {
  const rows = (table: CsvTable): readonly (readonly string[])[] => table.rows.map((row) => row.cells);

  test.each([
    ['UTF-8', Buffer.from('nom;ville\nÉmile;Orléans\n'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFnom;ville\nÉmile;Orléans\n'), 'utf-8'],
    ['Windows-1252', Buffer.from('nom;ville\nÉmile;Orléans\n', 'latin1'), 'windows-1252'],
    ['UTF-16 LE with a mark', utf16('\uFEFFnom;ville\nÉmile;Orléans\n', false), 'utf-16le'],
    ['UTF-16 BE with a mark', utf16('\uFEFFnom;ville\nÉmile;Orléans\n', true), 'utf-16be'],
    ['UTF-16 LE without one', utf16('nom;ville\nÉmile;Orléans\n', false), 'utf-16le'],
    ['UTF-16 BE without one', utf16('nom;ville\nÉmile;Orléans\n', true), 'utf-16be'],
  ])('%s', (_name, bytes, encoding) => {
    expect(decode(bytes).encoding).toBe(encoding);
    expect(rows(read(bytes))).toEqual([['Émile', 'Orléans']]);
    expect(read(bytes).headers).toEqual(['nom', 'ville']);
  });

  test('the euro sign and typographic quotes of Windows-1252 are kept', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'), Buffer.from([0x80, 0x2c, 0x93, 0x61, 0x94, 0x0a])]);
    expect(rows(read(bytes))).toEqual([['€', '“a”']]);
  });

  test.each([',', ';', '\t', '|'])('cells apart by %j', (delimiter) => {
    const table = read(`a${delimiter}b\n"x${delimiter}y"${delimiter}"say ""hi"""\n`);
    expect(table.delimiter).toBe(delimiter);
    expect(rows(table)).toEqual([[`x${delimiter}y`, 'say "hi"']]);
  });

  test('the delimiter that Excel says in a line of its own, which is no row', () => {
    const table = read('sep=;\r\na;b\r\n1,5;2\r\n');
    expect(table).toMatchObject({
      delimiter: ';',
      headers: ['a', 'b'],
      rows: [{ line: 3, cells: ['1,5', '2'] }],
    });
  });

  test('lines are counted across cells with line breaks, empty rows and every kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const table = read(['a,b', '"1', '2",x', '', ',', 'y,z', ''].join(end));
      expect(table.rows.map(({ line }) => line)).toEqual([2, 6]);
    }
  });

  test('a column that only ever is the end of a line is none', () => {
    expect(read('a,b,\n1,2,\n3,4,\n').headers).toEqual(['a', 'b']);
  });
});
