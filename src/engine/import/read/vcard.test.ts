import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData } from '../../../../test/harness/shared-data.ts';
import { readFile, recordsOf, refusalOf, saidOf } from './reading.fixture.ts';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('what isn’t whole cards is refused with its line', () => {
  test.each([
    ['a card without an end', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n', 'vcard-open', 1],
    [
      'a second card within a first that was cut off',
      `${card('FN:Ada')}BEGIN:VCARD\nFN:Bob\n`,
      'vcard-open',
      5,
    ],
    ['lines outside of cards', `${card('FN:Ada')}FN:Bob\r\n`, 'vcard-outside', 5],
    ['cards without anything', card('REV:20260101'), 'table-no-rows', null],
    ['a line without an end', card(`NOTE:${'x'.repeat(1024 * 1024 + 10)}`), 'vcard-line-too-long', 3],
  ])('%s', async (_name, text, code, line) => {
    expect(await refusalOf(text)).toBe(code);
    if (line !== null) expect(await saidOf(text, 'es')).toContain(String(line));
  });
});

describe('a card is read', () => {
  test('folded lines, escapes and groups', async () => {
    const text = card(
      'item1.N:O\\;Neil;Ada,Byron;;;',
      'NOTE:one\\ntwo\\, three',
      ' and four',
      'item1.X-ABLabel:x',
    );
    expect(await recordsOf(text)).toEqual([
      { 'Last name': 'O;Neil', 'First name': 'Ada Byron', Notes: 'one\ntwo, threeand four' },
    ]);
  });

  test('quoted-printable in a character set of its own, broken over lines', async () => {
    const text =
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:D=EDaz;Zo=\n=EB\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E2=82=AC 5=0D=0Aa;b\nEND:VCARD\n';
    expect(await recordsOf(text)).toEqual([{ 'Last name': 'Díaz', 'First name': 'Zoë', Notes: '€ 5\na;b' }]);
  });

  test('a card in the encoding of its file', async () => {
    for (const encoding of ['utf8', 'latin1', 'utf16le'] as const)
      expect(
        await recordsOf(
          Buffer.from(`${encoding === 'utf16le' ? '\uFEFF' : ''}${card('N:Díaz;Zoé')}`, encoding),
        ),
      ).toEqual([{ 'Last name': 'Díaz', 'First name': 'Zoé' }]);
  });

  test('telephones by what they are for, the preferred one first', async () => {
    const text = card(
      'N:A',
      'TEL;TYPE=work:1',
      'TEL;TYPE="work,voice";PREF=1:tel:+33-1;ext=7',
      'TEL;TYPE=cell:2',
      'TEL;HOME:3',
      'TEL;TYPE=WORK,FAX:4',
      'x.TEL:5',
      'x.X-ABLabel:_$!<AssistantPhone>!$_',
    );
    expect(await recordsOf(text)).toEqual([
      {
        'Last name': 'A',
        Phone: '+33-1 ext. 7',
        'Phone 2': '1',
        Mobile: '2',
        'Home phone': '3',
        Fax: '4',
        'Assistant phone': '5',
      },
    ]);
  });

  test('the preferred address plainly, others after what they are for', async () => {
    const text = card(
      'N:A',
      'ADR;TYPE=home:;;1 rue A;Paris;;75001;France',
      'ADR;TYPE=work:PO 7;Suite 2;2 rue B;Lyon;Rhône;69001;France',
    );
    expect(await recordsOf(text)).toEqual([
      expect.objectContaining({
        Street: 'PO 7\nSuite 2\n2 rue B',
        City: 'Lyon',
        Region: 'Rhône',
        'Postal code': '69001',
        Country: 'France',
        'Home street': '1 rue A',
        'Home city': 'Paris',
      }),
    ]);
  });

  test('birthdays as days, and those without a year where they harm nobody', async () => {
    const day = async (...lines: string[]): Promise<unknown> => (await recordsOf(card('N:A', ...lines)))[0];
    expect(await day('BDAY:19800229')).toEqual({ 'Last name': 'A', Birthday: '1980-02-29' });
    expect(await day('BDAY;VALUE=date-time:1980-02-29T00:00:00Z')).toEqual({
      'Last name': 'A',
      Birthday: '1980-02-29',
    });
    expect(await day('BDAY:--0229')).toEqual({ 'Last name': 'A', 'Birthday as written': '--0229' });
    expect(await day('BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29')).toEqual({
      'Last name': 'A',
      'Birthday as written': '--02-29',
    });
  });

  test('a company’s card, a name that isn’t told in parts, a card within a card and pictures', async () => {
    expect(await recordsOf(card('FN:Acme', 'X-ABShowAs:COMPANY', 'ORG:Acme;'))).toEqual([
      { Company: 'Acme' },
    ]);
    expect(await recordsOf(card('FN:Ada King'))).toEqual([{ 'Full name': 'Ada King' }]);
    const within = card(
      'N:A',
      'AGENT:',
      'BEGIN:VCARD',
      'N:B',
      'END:VCARD',
      `PHOTO;ENCODING=b:${'A'.repeat(3_000_000)}`,
    );
    expect(await recordsOf(within)).toEqual([{ 'Last name': 'A' }]);
  });
});

describe('cards that programs wrote', () => {
  const folder = sharedData('vcard');
  const files = folder === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.vcf'));

  test.skipIf(folder === null)('are all there', () => {
    expect(files.length).toBe(9);
  });

  test.each(files)('%s, in one piece or in many', async (name) => {
    const bytes = readFileSync(`${folder}/${name}`);
    const file = await readFile(bytes);
    expect(file.format).toBe('vcard');
    expect(file.rows.length).toBe(name === 'gmail-list.vcf' ? 3 : 1);
    expect(file.headers).toEqual(expect.arrayContaining(['Last name', 'First name', 'Email']));
    expect(
      file.rows
        .flatMap(({ cells }) => cells)
        .every((cell) => cell.length < 2_000 && !/=0D|\\n|\uFFFD/.test(cell)),
    ).toBe(true);
    expect(await readFile(bytes, 11)).toEqual(file);
  });
});
