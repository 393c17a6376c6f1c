import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Importing, importing } from '../../engine/import/importing.fixture.ts';
import { listRecords } from '../../engine/query/list.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

test('of ten leads in a file, two with an unknown status are refused and listed, eight are kept', async () => {
  const status = (at: number): string => (at === 3 ? 'Lukewarm' : at === 7 ? 'Boiling' : 'New');
  const lines = Array.from(
    { length: 10 },
    (_, at) => `k${at},Ana,Nr${at},Company ${at},${status(at)},ana${at}@example.org,Trade show`,
  );
  const header = 'Lead ID,First Name,Last Name,Company,Status,Email,Lead Source';
  const id = await it.open(it.sam, 'lead', [header, ...lines]);
  expect(await it.through(it.sam, id)).toMatchObject({ rows: 10, created: 8, failed: 2 });
  expect(await it.refusals(it.sam, id)).toEqual([
    '5: Status: import-unknown-value',
    '9: Status: import-unknown-value',
  ]);
  const { items } = await listRecords(it.sam, it.workspace.entity('lead'), { sort: 'name' });
  expect(items).toHaveLength(8);
  expect(items[0]).toMatchObject({
    name: { first: 'Ana', last: 'Nr0' },
    company: 'Company 0',
    status: 'new',
    source: 'trade-show',
    account: null,
  });
});

test('a lead that was converted elsewhere is refused as converted: only its conversion makes it so', async () => {
  const id = await it.open(it.sam, 'lead', ['Lead ID,Last Name,Status', 'c1,Converted,Converted']);
  expect(await it.through(it.sam, id)).toMatchObject({ created: 0, failed: 1 });
  expect(await it.refusals(it.sam, id)).toEqual(['2: Status: lead.converted-by-hand']);
});
