import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';
import { cellsOf, refusalOf } from './reading.fixture.ts';
import { spilledTexts } from './spilled-texts.ts';
import { openTable } from './table-reader.ts';
import { rowOf, workbookOf, zipOf } from './xlsx.fixture.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook whose only sheet is where `targets` say. */
const linked = (...targets: readonly string[]): Promise<Buffer> =>
  zipOf({
    'xl/workbook.xml': `<workbook xmlns:r="${office}">${targets.map((_, index) => `<sheet name="S${index}" r:id="r${index}"/>`).join('')}</workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets
      .map((target, index) => `<Relationship Id="r${index}" Type="${office}/worksheet" Target="${target}"/>`)
      .join('')}</Relationships>`,
    'xl/s.xml': `<worksheet>${rowOf('Name')}${rowOf('Ada')}</worksheet>`,
  });

test('a workbook whose parts refer to what is no address', async () => {
  expect(await refusalOf(await linked('http://['))).toBe('workbook-empty');
  expect(await refusalOf(await linked('%E0%A4%A.xml'))).toBe('workbook-empty');
  expect(await cellsOf(await linked('s.xml', 'http://[', '%zz'))).toEqual([['Ada']]);
});

test('a workbook that shows one sheet many times', async () => {
  expect(await refusalOf(await linked('s.xml', 's.xml'))).toBe('workbook-broken');
});

test('rows whose numbers are beyond any sheet are counted on', async () => {
  const bytes = await workbookOf({
    sheets: {
      S: `${rowOf('Name')}<row r="99999999999"><c t="inlineStr"><is><t>Ada</t></is></c></row>${rowOf('Eve')}`,
    },
  });
  const lines: number[] = [];
  for await (const row of (await openTable(piecesOf(bytes), 'book.xlsx')).rows()) lines.push(row.line);
  expect(lines).toEqual([2, 3]);
});

test('letters that no database keeps become the sign for what can’t be read', async () => {
  const sign = '\uFFFD';
  const strange = await workbookOf({
    sheets: { S: rowOf('Name', 'Other') + rowOf('A&#0;B', 'x_xD800_y') + rowOf('A&#xD83D;', '_x0000_') },
  });
  expect(await cellsOf(strange)).toEqual([
    [`A${sign}B`, `x${sign}y`],
    [`A${sign}`, sign],
  ]);
  const json = '{"name": "A\\u0000B", "x\\ud800": "\\ud83d"}\n{"name": "C\\ud83d\\ude00", "x\\ud800": ""}';
  expect(await cellsOf(json)).toEqual([
    [`A${sign}B`, sign],
    ['C😀', ''],
  ]);
  const card = 'BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:A=00B\r\nEND:VCARD\r\n';
  expect((await cellsOf(card)).flat()).toContain(`A${sign}B`);
  expect(await refusalOf('Name,Other\nA\0B,C\n')).toBe('file-binary');
});

test('rows longer than what is read at once, between short ones', async () => {
  const long = ['x', 'é,', '"\n'].map((text) => text.repeat(100_000));
  const rows = ['short', ...long, 'last', long[1] ?? '', 'end'];
  const file = `Name,Other\n${rows.map((text, row) => `${row},"${text.replaceAll('"', '""')}"`).join('\r\n')}`;
  const expected = rows.map((text, row) => [String(row), text]);
  for (const size of [1024 * 1024, 100_003]) expect(await cellsOf(file, size)).toEqual(expected);
});

test('JSON nested without end', async () => {
  const deep = `{"a": ${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`;
  expect(await refusalOf(deep)).toBe('json-record-too-deep');
  const lists = `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect(await refusalOf(lists)).toBe('json-record-too-deep');
});

test('a list of JSON whose items all have members of their own', async () => {
  const items = Array.from({ length: 3000 }, (_, index) => `{"m${index}": 1}`);
  expect(await refusalOf(`{"a": [${items.join(',')}]}`)).toBe('json-list-too-wide');
});

test('many short rows in one piece', async () => {
  expect(await refusalOf(`Name\n${'a\n'.repeat(400_000)}`)).toBe('taken');
});

test('a row of a workbook longer than memory should hold', async () => {
  const cell = '<c t="s"><v>0</v></c>';
  const strings = `<si><t>${'x'.repeat(1024 * 1024)}</t></si>`;
  const sheets = { S: `${rowOf('A', 'B')}<row>${cell.repeat(20)}</row>` };
  expect(await refusalOf(await workbookOf({ sheets, strings }))).toBe('workbook-row-too-long');
});

test('files of an archive that share their bytes', async () => {
  const bytes = await linked('s.xml');
  const first = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const second = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), first + 4);
  bytes.copy(bytes, second + 42, first + 42, first + 46);
  expect(await refusalOf(bytes)).toBe('workbook-broken');
});

test('long shared texts go to the disk one by one', () => {
  const texts = spilledTexts();
  const long = 'é'.repeat(70_000);
  for (let index = 0; index < 600; index += 1) texts.add(index % 2 === 0 ? `t${index}` : `${long}${index}`);
  expect([0, 1, 256, 257, 598, 599, 600].map((place) => texts.at(place)?.replace(long, '…'))).toEqual([
    't0',
    '…1',
    't256',
    '…257',
    't598',
    '…599',
    undefined,
  ]);
  texts.close();
});
