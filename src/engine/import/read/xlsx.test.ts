import { describe, expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';
import { allOf, cellsOf, readFile, refusalOf } from './reading.fixture.ts';
import { spilledTexts } from './spilled-texts.ts';
import { openTable } from './table-reader.ts';
import { rowOf, workbookOf, zipOf } from './xlsx.fixture.ts';
import { meaningOf } from './xlsx-formats.ts';

const head = rowOf('a', 'b');
/** What one cell with a style reads as. */
const cell = async (xml: string, formats: readonly string[] = [], isFrom1904 = false): Promise<string> =>
  (
    await cellsOf(
      await workbookOf({
        sheets: { S: `${head}<row>${xml}<c r="B2"><v>1</v></c></row>` },
        formats,
        isFrom1904,
      }),
    )
  )[0]?.[0] ?? '';

describe('a workbook that can’t be read is refused by name', () => {
  test.each([
    ['a Word document', () => zipOf({ 'word/document.xml': '<w/>' }), 'workbook-other'],
    ['a ZIP archive without anything', () => zipOf({}), 'workbook-other'],
    [
      'a LibreOffice sheet',
      () => zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      'workbook-other',
    ],
    ['sheets without cells', () => workbookOf({ sheets: { A: '', B: '<row/>' } }), 'workbook-empty'],
    [
      'a sheet that is hidden, and no other',
      () => workbookOf({ sheets: { '-A': head + rowOf('1') } }),
      'workbook-empty',
    ],
    ['names and no rows', () => workbookOf({ sheets: { A: head } }), 'table-no-rows'],
    [
      'a doubled header',
      () => workbookOf({ sheets: { A: rowOf('a', 'a') + rowOf('1', '2') } }),
      'columns[1]: table-double-header',
    ],
    [
      'a text that isn’t there',
      () => workbookOf({ sheets: { A: `${head}<row><c t="s"><v>7</v></c></row>` } }),
      'workbook-broken',
    ],
    [
      'a place beyond every sheet',
      () => workbookOf({ sheets: { A: `${head}<row><c r="ZZZZ2"><v>7</v></c></row>` } }),
      'workbook-broken',
    ],
    [
      'declared entities',
      () => workbookOf({ sheets: { A: `${head}<!DOCTYPE x [<!ENTITY a "b">]>` } }),
      'workbook-broken',
    ],
    ['XML that ends in a tag', () => workbookOf({ sheets: { A: `${head}<row><c t="` } }), 'workbook-broken'],
    [
      'more columns than are taken',
      () => workbookOf({ sheets: { A: `<row>${'<c><v>1</v></c>'.repeat(501)}</row>${head}` } }),
      'table-too-many-columns',
    ],
  ])('%s', async (_name, made, expected) => {
    expect(await refusalOf(await made())).toBe(expected);
  });

  test('one that is cut off, wherever', async () => {
    const whole = await workbookOf({ sheets: { A: head + rowOf('1', '2') } });
    for (const size of [4, 30, 400, whole.length - 1])
      expect(await refusalOf(whole.subarray(0, size))).toMatch(/^workbook-broken$/);
  });

  test('one whose bytes were changed', async () => {
    const whole = await workbookOf({ sheets: { A: head + rowOf('one', 'two').repeat(50) } });
    const entry = whole.indexOf('xl/worksheets/sheet0.xml');
    whole[entry + 60] = (whole[entry + 60] ?? 0) ^ 0xff;
    expect(await refusalOf(whole)).toBe('workbook-broken');
  });

  test('one that would unpack to a hundred times what any table does', async () => {
    const blank = ' '.repeat(80 * 1024 * 1024);
    expect(await refusalOf(await workbookOf({ sheets: { A: head + blank } }))).toBe('workbook-too-large');
  });

  test('one that says it is smaller than it is', async () => {
    const made = await workbookOf({ sheets: { A: head + rowOf('1', '2').repeat(1000) } });
    // The size in the directory, behind the packed size.
    const place = made.lastIndexOf('xl/worksheets/sheet0.xml') - 46 + 24;
    made.writeUInt32LE(100, place);
    expect(await refusalOf(made)).toBe('workbook-broken');
  });

  test('a sheet that isn’t there, with those that are', async () => {
    const bytes = await workbookOf({ sheets: { One: head + rowOf('1'), Two: head + rowOf('2') } });
    await expect(openTable(piecesOf(bytes), 'a.xlsx', { sheet: 'Three' })).rejects.toThrow(/One, Two/);
  });
});

describe('the cells of a workbook', () => {
  test('shared texts, with runs, escapes and how they are pronounced', async () => {
    const strings =
      '<si><t>plain</t></si><si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r></si><si><t>東京</t><rPh><t>とうきょう</t></rPh></si><si><t>a_x000D_b_x005F_x0041_ &lt;&amp;&#233;&#x20AC;</t></si>';
    const row = `<row>${[0, 1, 2, 3].map((place) => `<c t="s"><v>${place}</v></c>`).join('')}</row>`;
    const bytes = await workbookOf({ sheets: { A: rowOf('a', 'b', 'c', 'd') + row }, strings });
    for (const size of [1024, 10])
      expect(await cellsOf(bytes, size)).toEqual([['plain', 'two runs', '東京', 'a\rb_x0041_ <&é€']]);
  });

  test('numbers as they were typed, not as the computer keeps them', async () => {
    expect(await cell('<c><v>0.30000000000000004</v></c>')).toBe('0.3');
    expect(await cell('<c><v>33142685300</v></c>')).toBe('33142685300');
    expect(await cell('<c><v>1.5E+20</v></c>')).toBe('150000000000000000000');
    expect(await cell('<c><v>-2.5E-7</v></c>')).toBe('-0.00000025');
    expect(await cell('<c s="1"><v>1234</v></c>', ['00000'])).toBe('01234');
    expect(await cell('<c s="1"><v>0.125</v></c>', ['0.0%'])).toBe('12.5%');
    expect(await cell('<c s="1"><v>12.5</v></c>', ['#,##0.00 [$€-40C]'])).toBe('12.5');
  });

  test('days, moments and times of day', async () => {
    const day = async (value: number | string, format: string, isFrom1904?: boolean): Promise<string> =>
      cell(`<c s="1"><v>${value}</v></c>`, [format], isFrom1904);
    expect(await day(46348, 'dd/mm/yyyy')).toBe('2026-11-22');
    expect(await day(46348.75, '[$-409]m/d/yy h:mm AM/PM;@')).toBe('2026-11-22T18:00:00');
    expect(await day(46348, 'yyyy-mm-dd hh:mm')).toBe('2026-11-22');
    expect(await day(0.5, 'hh:mm')).toBe('12:00:00');
    expect(await day(1, 'd mmm yyyy')).toBe('1900-01-01');
    expect(await day(61, 'd mmm yyyy')).toBe('1900-03-01');
    expect(await day(44886, 'dd/mm/yyyy', true)).toBe('2026-11-22');
    expect(await day(46348.999999999, 'dd/mm/yyyy hh:mm:ss')).toBe('2026-11-23');
  });

  test('what numbers mean by their format', () => {
    const meant = (code: string): string => meaningOf(code).is;
    expect(['General', '0', '#,##0', '"day" 0', '[Red]0.00', '0.0E+00', '@'].map(meant)).toEqual(
      Array(7).fill('number'),
    );
    expect(['m/d/yyyy', 'mmm-yy', 'yyyy', '[$-F800]dddd, mmmm dd, yyyy', 'd\\-m\\-yy'].map(meant)).toEqual(
      Array(5).fill('date'),
    );
    expect(['h:mm', '[h]:mm:ss', 'mm:ss'].map(meant)).toEqual(Array(3).fill('time'));
    expect(meant('dd/mm/yyyy hh:mm')).toBe('dateTime');
  });

  test('truths, formulas, mistakes and cells without a place', async () => {
    const row =
      '<row r="9"><c t="b"><v>1</v></c><c t="str"><f>A1&amp;"x"</f><v>given</v></c><c t="e"><v>#N/A</v></c><c r="E9"/><c r="F9"><f>1+1</f><v>2</v></c></row>';
    const bytes = await workbookOf({ sheets: { A: rowOf('a', 'b', 'c', 'd', 'e', 'f') + row } });
    expect((await readFile(bytes)).rows).toEqual([
      { place: 0, line: 9, cells: ['true', 'given', '#N/A', '', '', '2'] },
    ]);
  });

  test('elements with a prefix', async () => {
    const row = (...texts: string[]): string =>
      `<x:row>${texts.map((text) => `<x:c t="str"><x:v>${text}</x:v></x:c>`).join('')}</x:row>`;
    expect(
      await cellsOf(await workbookOf({ sheets: { A: row('a', 'b') + row('1', '2') }, prefix: 'x:' })),
    ).toEqual([['1', '2']]);
  });
});

describe('the sheets of a workbook', () => {
  test('the first that is shown and holds something is read, and the others are told of', async () => {
    const sheets = {
      '-Hidden': head + rowOf('0'),
      Empty: '',
      Data: head + rowOf('1', '2'),
      More: rowOf('x', 'y') + rowOf('3'),
    };
    const bytes = await workbookOf({ sheets });
    const file = await readFile(bytes);
    expect([file.sheet, file.facts, file.rows.map(({ cells }) => cells)]).toEqual([
      'Data',
      expect.objectContaining({ others: ['More'] }),
      [['1', '2']],
    ]);
    const more = await openTable(piecesOf(bytes), 'a.xlsx', { sheet: 'More' });
    expect([more.headers, await allOf(more.rows())]).toEqual([
      ['x', 'y'],
      [{ place: 0, line: 2, cells: ['3', ''] }],
    ]);
  });

  test('a further sheet with the same column names goes on with the table', async () => {
    const sheets = {
      One: head + rowOf('1', '2'),
      Two: head + rowOf('3', '4'),
      Other: rowOf('x') + rowOf('5'),
    };
    expect(await cellsOf(await workbookOf({ sheets }))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('rows above the column names are passed over', async () => {
    const bytes = await workbookOf({
      sheets: { A: rowOf('Report') + rowOf('a', 'b', 'c') + rowOf('1', '2', '3') + rowOf('4', '5', '6') },
    });
    expect(await readFile(bytes)).toMatchObject({
      headers: ['a', 'b', 'c'],
      rows: [{ line: 3 }, { line: 4 }],
    });
  });
});

test('texts that don’t fit into memory are read back from where they went', () => {
  const texts = spilledTexts(5_000);
  try {
    const all = Array.from({ length: 3_000 }, (_, place) => `text ${place} é😀`);
    for (const text of all) texts.add(text);
    for (const place of [0, 2_999, 256, 255, 1_700, 1, 2_560]) expect(texts.at(place)).toBe(all[place]);
    expect(all.every((text, place) => texts.at(place) === text)).toBe(true);
    expect(texts.at(3_000)).toBeUndefined();
  } finally {
    texts.close();
  }
});
