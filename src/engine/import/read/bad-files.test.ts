import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locales } from '../../../lib/locale.ts';
import { piecesOf } from './pieces.ts';
import { allOf, cellsOf, readFile, refusalOf, saidOf } from './reading.fixture.ts';
import type { TableFacts } from './table-facts.ts';
import { openTable } from './table-reader.ts';

const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a file that isn’t a table is refused by name', () => {
  test.each([
    ['an empty file', '', 'file-empty'],
    ['white space alone', ' \n\n \t', 'file-empty'],
    ['a mark and nothing else', '\uFEFF', 'file-empty'],
    ['the beginning of a workbook', Buffer.from('504b0304140006000800', 'hex'), 'workbook-broken'],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-not-a-table'],
    ['a PDF', '%PDF-1.7 …', 'file-not-a-table'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'file-not-a-table'],
    ['a compressed file', gzipSync('a,b\n1,2\n'), 'file-not-a-table'],
    ['bytes that are no text', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0x01, 0x00, 0x02]), 'file-binary'],
    ['a NUL in the middle', 'name,city\nAda\0,Paris\n', 'file-binary'],
    ['headers without rows', 'name,city\n', 'table-no-rows'],
    ['a broken quote', 'name,city\nAda,Paris\n"Bob,Rome\nCid,Oslo\n', 'csv-broken-quote'],
    ['text behind a closed quote', 'name,city\n"Bob" x,Rome\n', 'csv-broken-quote'],
    ['a doubled header', 'name,city,name\nAda,Paris,B\n', 'columns[2]: table-double-header'],
    ['a header without a name', 'name,,city\nAda,x,Paris\n', 'columns[1]: table-empty-header'],
    [
      'two mistakes at once',
      ',a,a\nx,y,z\n',
      'columns[0]: table-empty-header, columns[2]: table-double-header',
    ],
    [
      'a million columns',
      `${'a,'.repeat(1_000_000)}a\n${'1,'.repeat(1_000_000)}1\n`,
      'table-too-many-columns',
    ],
    ['a header of a thousand letters', `${'a'.repeat(1000)},b\n1,2\n`, 'columns[0]: table-long-header'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'file-not-a-table'],
    ['UTF-16 that is cut off', utf16('\uFEFFa,b\n1,2\n', false).subarray(0, 11), 'file-binary'],
  ])('%s', async (_name, bytes, expected) => {
    for (const size of [1024 * 1024, 7])
      if (size > 7 || bytes.length < 1000) expect(await refusalOf(bytes, size)).toBe(expected);
  });

  test('a broken quote is told with its line, in every language', async () => {
    const file = 'name,city\n"Ada\nLovelace",Paris\n"Bob,Rome\nCid,Oslo\n';
    for (const locale of locales) expect(await saidOf(file, locale)).toMatch(/4/);
    expect(await saidOf(file, 'fr')).toContain('guillemet');
    expect(await saidOf(file, 'es')).toContain('comillas');
  });

  test('a quotation mark that is never closed doesn’t fill the memory with the rest of the file', async () => {
    const file = `name,city\nAda,Paris\n"Bob,Rome\n${'x'.repeat(20 * 1024 * 1024)}\n`;
    expect(await refusalOf(file)).toBe('csv-broken-quote');
  });
});

describe('a table is read whatever program wrote it', () => {
  test.each([
    ['UTF-8', Buffer.from('nom;ville\nÉmile;Orléans\n'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFnom;ville\nÉmile;Orléans\n'), 'utf-8'],
    ['Windows-1252', Buffer.from('nom;ville\nÉmile;Orléans\n', 'latin1'), 'windows-1252'],
    ['UTF-16 LE with a mark', utf16('\uFEFFnom;ville\nÉmile;Orléans\n', false), 'utf-16le'],
    ['UTF-16 BE with a mark', utf16('\uFEFFnom;ville\nÉmile;Orléans\n', true), 'utf-16be'],
    ['UTF-16 LE without one', utf16('nom;ville\nÉmile;Orléans\n', false), 'utf-16le'],
    ['UTF-16 BE without one', utf16('nom;ville\nÉmile;Orléans\n', true), 'utf-16be'],
  ])('%s', async (_name, bytes, encoding) => {
    for (const size of [1024, 1]) {
      expect(await readFile(bytes, size)).toMatchObject({ encoding, headers: ['nom', 'ville'] });
      expect(await cellsOf(bytes, size)).toEqual([['Émile', 'Orléans']]);
    }
  });

  test('the euro sign and typographic quotes of Windows-1252 are kept', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'), Buffer.from([0x80, 0x2c, 0x93, 0x61, 0x94, 0x0a])]);
    expect(await cellsOf(bytes)).toEqual([['€', '“a”']]);
  });

  test('the old character set of the Macintosh is known by letters that Windows has none for', async () => {
    const file = await readFile(Buffer.from('nom;ville\rH\x8fl\x8fne;Orl\x8eans\r', 'latin1'));
    expect([file.encoding, file.rows[0]?.cells]).toEqual(['macintosh', ['Hèlène', 'Orléans']]);
  });

  test.each([',', ';', '\t', '|'])('cells apart by %j', async (delimiter) => {
    const file = await readFile(`a${delimiter}b\n"x${delimiter}y"${delimiter}"say ""hi"""\n`);
    expect(file.delimiter).toBe(delimiter);
    expect(file.rows[0]?.cells).toEqual([`x${delimiter}y`, 'say "hi"']);
  });

  test('the delimiter that Excel says in a line of its own, which is no row', async () => {
    expect(await readFile('sep=;\r\na;b\r\n1,5;2\r\n')).toMatchObject({
      delimiter: ';',
      headers: ['a', 'b'],
      rows: [{ place: 0, line: 3, cells: ['1,5', '2'] }],
    });
  });

  test('the delimiter that makes a table, though the column names have more of another', async () => {
    const file = await readFile('Name, first, last;City, country;Id\nAda;London;1\nBob;Rome;2\n');
    expect(file.headers).toEqual(['Name, first, last', 'City, country', 'Id']);
  });

  test('single quotation marks, where a program writes those', async () => {
    expect(await cellsOf("'a','b'\n'x,y','it''s'\n")).toEqual([['x,y', "it's"]]);
  });

  test('lines above the column names are passed over', async () => {
    const file = await readFile(
      'Sales report\n\nMade on 2026-11-22,,\nName,City,Phone\nAda,Paris,1\nBob,Rome,2\n',
    );
    expect(file.headers).toEqual(['Name', 'City', 'Phone']);
    expect(file.rows.map(({ line }) => line)).toEqual([5, 6]);
  });

  test('line feeds in bare cells, where rows end with CR LF', async () => {
    expect(await cellsOf('a,b,c\r\n1,two\nlines,3\r\n4,5,6\r\n7,8\n8,9\r\n')).toEqual([
      ['1', 'two\nlines', '3'],
      ['4', '5', '6'],
      ['7', '8\n8', '9'],
    ]);
    expect(await cellsOf('a,b\r\n1,2\n3,4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('lines are counted across cells with line breaks, empty rows and every kind of line end', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      for (const size of [1024, 1, 2]) {
        const { rows } = await readFile(['a,b', '"1', '2",x', '', ',', 'y,z', ''].join(end), size);
        expect(rows.map(({ line }) => line)).toEqual([2, 6]);
      }
    }
  });

  test('a column that only ever is the end of a line is none', async () => {
    expect((await readFile('a,b,\n1,2,\n3,4,\n')).headers).toEqual(['a', 'b']);
  });

  test('a file that is known already is read without being looked through first', async () => {
    const bytes = Buffer.from('nom;ville\nÉmile;Orléans\n', 'latin1');
    const { facts } = await readFile(bytes);
    let asked = 0;
    const pieces = (): AsyncIterable<Uint8Array> => {
      asked += 1;
      return piecesOf(bytes)();
    };
    const again = await openTable(pieces, 'file', { known: JSON.parse(JSON.stringify(facts)) as TableFacts });
    expect((await allOf(again.rows())).map(({ cells }) => cells)).toEqual([['Émile', 'Orléans']]);
    expect(asked).toBe(1);
  });
});

describe('wherever a file is cut into pieces', () => {
  const letter = fc.constantFrom('a', 'é', '€', '😀', '"', ',', ';', '\n', '\r', '\r\n', ' ', '0');
  const cell = fc.string({ unit: letter, maxLength: 6 });
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  test('it reads as the same cells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        async (pairs, end, delimiter, size, encoding) => {
          const rows = [['first', 'second'], ...pairs.map(([one, other]) => [`x${one}`, other])];
          const text = rows.map((cells) => cells.map(quoted).join(delimiter)).join(end);
          expect(await cellsOf(Buffer.from(`\uFEFF${text}`, encoding), size)).toEqual(rows.slice(1));
        },
      ),
      { numRuns: 300 },
    );
  });
});
