import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedData } from '../../../test/harness/shared-data.ts';
import type { ImportState } from '../../model/import.ts';
import type { Values } from '../../model/record.ts';
import { listRecords } from '../query/list.ts';
import { readBatch, saveMapping } from './batch.ts';
import { readTable } from './files.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { openImport } from './open.ts';
import { rowOf, workbookOf } from './read/xlsx.fixture.ts';
import { draftOut } from './view.ts';

let on: Importing;

beforeAll(async () => {
  on = await importing();
});
afterAll(() => on.workspace.close());

/** Imports a file by the guessed mapping, columns of these names left out. */
async function taken(
  entity: string,
  fileName: string,
  bytes: Buffer,
  without: readonly string[] = [],
): Promise<ImportState> {
  const id = await openImport(on.admin, { entity, fileName, bytes });
  const { mapping } = await readBatch(on.admin, id);
  await saveMapping(on.admin, id, {
    ...mapping,
    columns: mapping.columns.map((each) => (without.includes(each.column) ? { ...each, to: null } : each)),
  });
  const state = await on.through(on.admin, id);
  expect(await on.refusals(on.admin, id)).toEqual([]);
  return state;
}

const found = async (entity: string, where: string): Promise<readonly Values[]> =>
  (await listRecords(on.admin, on.workspace.entity(entity), { where })).items;

test('a workbook: days, amounts and postal codes as they were typed, and a word about the sheets that aren’t read', async () => {
  const deals = `${rowOf('Name', 'Close date', 'Amount', 'Probability')}<row>
    <c t="str"><v>Deal of a sheet</v></c><c s="1"><v>46348</v></c><c><v>1999.5</v></c><c s="2"><v>0.125</v></c></row>
    <row><c t="str"><v>Second of a sheet</v></c><c s="1"><v>46349</v></c></row>`;
  const bytes = await workbookOf({
    sheets: { Deals: deals, Other: rowOf('x', 'y') + rowOf('1', '2') },
    formats: ['dd/mm/yyyy', '0.0%'],
  });
  const state = await taken('opportunity', 'deals.xlsx', bytes);
  expect(state).toMatchObject({ rows: 2, created: 2, failed: 0 });
  expect(state.notes).toContainEqual(
    expect.objectContaining({
      code: 'import-sheets-left-out',
      message: expect.stringContaining('Other') as string,
    }),
  );
  expect(await found('opportunity', 'name = "Deal of a sheet"')).toMatchObject([
    { closeDate: '2026-11-22', amount: { amount: '1999.50' }, probability: '12.50' },
  ]);
});

test('a sheet of a workbook is read without the bytes of those before it', async () => {
  const noise = randomBytes(3 * 1024 * 1024).toString('base64');
  const bytes = await workbookOf({
    sheets: { Noise: rowOf('Name') + rowOf(noise), Firms: rowOf('Name') + rowOf('Behind the noise') },
  });
  const id = await openImport(on.admin, { entity: 'account', fileName: 'late.xlsx', bytes, sheet: 'Firms' });
  const { numAffectedRows } = await sql`delete from w_main.import_piece where file = ${id} and n = 1`.execute(
    on.admin.db,
  );
  expect(numAffectedRows).toBe(1n);
  const cells: (readonly string[])[] = [];
  for await (const row of (await readTable(on.admin, id)).rows()) cells.push(row.cells);
  expect(cells).toEqual([['Behind the noise']]);
});

test('JSON: a list of records, with what lies within', async () => {
  const people = [
    {
      name: { first: 'Ada', last: 'Listed' },
      email: 'ada@listed.example',
      address: { city: 'Paris', country: 'France' },
    },
    { name: { last: 'Also Listed' }, phone: { typed: '01 42 68 53 00', e164: '+33142685300' } },
  ];
  const bytes = Buffer.from(JSON.stringify(people, null, 2));
  expect(await taken('contact', 'people.json', bytes)).toMatchObject({ created: 2, failed: 0 });
  expect(await found('contact', 'email = "ada@listed.example"')).toMatchObject([
    { name: { first: 'Ada', last: 'Listed' }, address: { city: 'Paris', country: 'FR' } },
  ]);
  expect(await found('contact', 'name contains "Also Listed"')).toMatchObject([
    { phone: { e164: '+33142685300' } },
  ]);
});

const iphone = sharedData('vcard/John_Doe_IPHONE.vcf');

test.skipIf(iphone === null)(
  'a card of a telephone: name, numbers, address and birthday where they belong',
  async () => {
    const bytes = readFileSync(iphone ?? '');
    expect(await taken('contact', 'card.vcf', bytes, ['Company'])).toMatchObject({ created: 1, failed: 0 });
    expect(await found('contact', 'email = "john.doe@ibm.com"')).toMatchObject([
      {
        name: { first: 'John', middle: 'Richter James', last: 'Doe' },
        jobTitle: 'Money Counter',
        department: 'Accounting',
        phone: { typed: '905-777-1234' },
        mobile: { typed: '905-555-1234' },
        birthday: '2012-06-06',
        address: {
          street: 'Silicon Alley 5',
          city: 'New York',
          region: 'New York',
          postalCode: '12345',
          country: 'US',
        },
      },
    ]);
  },
);

test('a draft tells what kind of file it is', async () => {
  const id = await openImport(on.admin, {
    entity: 'contact',
    fileName: 'a.jsonl',
    bytes: Buffer.from('{"name.last":"A"}\n'),
  });
  const draft = await draftOut(on.admin, await readBatch(on.admin, id));
  expect(draft).toMatchObject({ format: 'jsonl', encoding: 'utf-8' });
  expect(draft).not.toHaveProperty('facts');
});
