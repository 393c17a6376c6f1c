import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportMapping } from '../../model/import.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { type Importing, importing } from './importing.fixture.ts';
import { refusedCsv } from './refused-csv.ts';

let it: Importing;
beforeAll(async () => {
  it = await importing();
});
afterAll(() => it.workspace.close());

const column = (mapping: ImportMapping, name: string, change: object): ImportMapping => ({
  ...mapping,
  columns: mapping.columns.map((each) => (each.column === name ? { ...each, ...change } : each)),
});

describe('rows are refused singly, the rest goes on', () => {
  test('for their shape, their values, their references', async () => {
    const id = await it.open(it.admin, 'opportunity', [
      'ID,Name,Amount,Stage,Close Date,Account ID',
      'r1,Good,10.50,Prospecting,2026-12-01,',
      'r2,Short,1',
      'r3,Long,1,Prospecting,2026-12-01,,x',
      'r4,,many,Prospecting,2026-02-30,',
      'r5,Stranger,1,Prospecting,2026-12-01,nobody',
      ',Keyless,1,Prospecting,2026-12-01,',
      'r7,Lost,1,Closed Lost,2026-12-01,',
      'r8,Negative,-1,Prospecting,2026-12-01,',
      'r9,Good too,,Qualification,2026-12-01,',
    ]);
    const done = await it.through(it.admin, id);
    expect(done).toMatchObject({
      state: 'done',
      rows: 9,
      position: 9,
      created: 2,
      updated: 0,
      skipped: 0,
      failed: 7,
    });
    expect(await it.refusals(it.admin, id)).toEqual([
      '3: -: row-too-few-cells',
      '4: -: row-too-many-cells',
      expect.stringMatching(/^5: Amount: /),
      '5: Close Date: date-unknown',
      '5: -: required',
      '6: Account ID: import-unknown-reference-key',
      '7: ID: import-key-missing',
      '8: -: opportunity.lost-without-reason',
      expect.stringMatching(/^9: Amount: /),
    ]);
  });

  test('a sales user may change his own records only, and adds no values to lists', async () => {
    const [own, other] = await Promise.all([
      createRecords(it.sam, it.workspace.entity('account'), [
        { name: 'Sam’s', externalKeys: [{ source: 'test', key: 's1' }] },
      ]),
      createRecords(it.admin, it.workspace.entity('account'), [
        { name: 'Ada’s', externalKeys: [{ source: 'test', key: 's2' }] },
      ]),
    ]);
    const id = await it.open(it.sam, 'account', [
      'ID,Name,Industry',
      's1,Sam’s own,',
      's2,Taken over,',
      's3,New,Alchemy',
      's4,New,Retail',
    ]);
    expect(await it.through(it.sam, id)).toMatchObject({ created: 1, updated: 1, failed: 2 });
    expect(await it.refusals(it.sam, id)).toEqual([
      '3: -: import-not-writable',
      '4: Industry: import-unknown-value',
    ]);
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'name = "Ada’s" or name = "Sam’s own"',
    });
    expect(new Set(items.map((item) => item.id))).toEqual(new Set([own[0]?.id, other[0]?.id]));
  });

  test('a text that several records have, and one that only looks like a key', async () => {
    await createRecords(it.admin, it.workspace.entity('account'), [
      { name: 'Twin' },
      { name: 'Twin' },
      { name: 'Single' },
    ]);
    const lines = ['ID,Last Name,Company', 'n1,A,Twin', 'n2,B,single', 'n3,C,Nobody'];
    const id = await it.open(it.admin, 'contact', lines);
    expect(await it.through(it.admin, id)).toMatchObject({ created: 1, failed: 2 });
    expect(await it.refusals(it.admin, id)).toEqual([
      '2: Company: import-ambiguous-reference',
      '4: Company: import-unknown-reference',
    ]);
    const lenient = await it.open(it.admin, 'contact', lines, (m) =>
      column(m, 'Company', { unknown: 'empty' }),
    );
    expect(await it.through(it.admin, lenient)).toMatchObject({ created: 1, skipped: 1, failed: 1 });
  });

  test('for texts that are told cut short, within a letter of two places too', async () => {
    const stranger = `a${'𠮷'.repeat(70)}`;
    const lines = ['Last Name,Company', `Kanji,${stranger}`];
    const id = await it.open(it.admin, 'contact', lines);
    expect(await it.through(it.admin, id)).toMatchObject({ state: 'done', created: 0, failed: 1 });
    expect(await it.refusals(it.admin, id)).toEqual(['2: Company: import-unknown-reference']);
    const kinds = await it.open(it.admin, 'account', ['Name,Industry', `Kanji,${stranger}`], (m) =>
      column(m, 'Industry', { unknown: 'refuse' }),
    );
    expect(await it.through(it.admin, kinds)).toMatchObject({ state: 'done', failed: 1 });
  });

  test('the file of refused rows can’t harm a spreadsheet, and is taken again once corrected', async () => {
    const id = await it.open(it.admin, 'account', [
      'ID,Name,Website,Phone,Employees',
      'f1,=HYPERLINK("x"),,+33 1 42 68 53 00,many',
      'f2,@SUM(A1),,-5,-3',
    ]);
    expect(await it.through(it.admin, id)).toMatchObject({ failed: 2 });
    const headers = ['ID', 'Name', 'Website', 'Phone', 'Employees'];
    const csv = await text(Readable.from(refusedCsv(it.admin, id, headers, ',')));
    const [head, first, second] = csv.split('\r\n');
    expect(head).toBe('\uFEFFID,Name,Website,Phone,Employees,Refused because');
    expect(first).toContain(`f1,"'=HYPERLINK(""x"")",,'+33 1 42 68 53 00,many,`);
    expect(second).toContain(`f2,'@SUM(A1),,-5,-3,`);
    const again = await it.open(
      it.admin,
      'account',
      csv.replace('many', '12').replace(',-3,', ',3,').split('\r\n'),
    );
    expect(await it.through(it.admin, again)).toMatchObject({ created: 2, failed: 0 });
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'name starts with "=HYP" or name starts with "@SUM"',
    });
    expect(new Set(items.map((item) => item.name))).toEqual(new Set(['=HYPERLINK("x")', '@SUM(A1)']));
  });
});

describe('rows meet records', () => {
  test('a later row of the same key changes what the earlier one made; empty cells leave fields alone', async () => {
    const id = await it.open(it.admin, 'account', [
      'ID,Name,Billing City,Billing Country',
      'k1,First,Lyon,France',
      'k1,Second,,',
      'k1,Second,,',
    ]);
    expect(await it.through(it.admin, id)).toMatchObject({ created: 1, merged: 2, failed: 0 });
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'name = "Second"',
    });
    expect(items[0]?.billingAddress).toMatchObject({ city: 'Lyon', country: 'FR' });
  });

  test('parents are made before those who name them, in whatever order the file has them', async () => {
    const id = await it.open(it.admin, 'account', [
      'ID,Name,Parent ID',
      'c,Grandchild,b',
      'b,Child,a',
      'a,Parent,',
      'x,Ring,y',
      'y,Ring,x',
      'd,Lost,nobody',
      'e,Behind the lost,d',
    ]);
    for (const what of ['check', 'run'] as const)
      expect(await it.through(it.admin, id, what)).toMatchObject({ created: 5, failed: 2, notes: [] });
    expect(await it.refusals(it.admin, id)).toEqual([
      '7: Parent ID: import-unknown-reference-key',
      '8: Parent ID: import-unknown-reference-key',
    ]);
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'name = "Grandchild"',
      fields: ['parent.parent.name'],
    });
    expect(items[0]?.['parent.parent.name']).toBe('Parent');
    const ring = await listRecords(it.admin, it.workspace.entity('account'), {
      where: 'name = "Ring"',
      fields: ['parent.name'],
    });
    expect(ring.items.map((each) => each['parent.name'])).toEqual(['Ring', 'Ring']);
  });

  test('rows are recognised by a field; their key is given to the record, and taken back by the undo', async () => {
    const [known] = await createRecords(it.admin, it.workspace.entity('contact'), [
      { name: { last: 'Ruiz' }, email: 'ana@example.org' },
    ]);
    const id = await it.open(it.admin, 'contact', ['ID,Last Name,Email', 'e1,Ruiz,ANA@example.org'], (m) => ({
      ...m,
      match: 'email',
    }));
    expect(await it.through(it.admin, id)).toMatchObject({ created: 0, updated: 1 });
    const keysOf = async () => {
      const { rows } =
        await sql`select source, key from w_main.external_key where record = ${known?.id} and removed_at is null`.execute(
          it.admin.db,
        );
      return rows;
    };
    expect(await keysOf()).toEqual([{ source: 'test', key: 'e1' }]);
    expect(await it.through(it.admin, id, 'undo')).toMatchObject({ state: 'undone', undo: { refused: [] } });
    expect(await keysOf()).toEqual([]);
  });

  test('an undo leaves alone, with the reason, what somebody changed since', async () => {
    const id = await it.open(it.admin, 'account', ['ID,Name', 'u1,Kept', 'u2,Gone']);
    await it.through(it.admin, id);
    const { items } = await listRecords(it.admin, it.workspace.entity('account'), { where: 'name = "Kept"' });
    await updateRecords(it.admin, it.workspace.entity('account'), [
      { id: items[0]?.id ?? '', values: { name: 'Kept on' } },
    ]);
    const undone = await it.through(it.admin, id, 'undo');
    expect(undone.undo?.refused).toMatchObject([
      { entity: 'account', label: 'Kept on', reasons: [expect.stringContaining('Ada')] },
    ]);
    expect(
      (await listRecords(it.admin, it.workspace.entity('account'), { where: 'name = "Gone"' })).items,
    ).toEqual([]);
  });

  test('a list value that other records use by now outlives the undo of the import that added it', async () => {
    const first = await it.open(it.admin, 'account', [
      'ID,Name,Industry',
      'v1,A,Beekeeping',
      'v2,B,Glassblowing',
    ]);
    await it.through(it.admin, first);
    await it.through(it.admin, await it.open(it.admin, 'account', ['ID,Name,Industry', 'v3,C,Beekeeping']));
    const undone = await it.through(it.admin, first, 'undo');
    expect(undone.undo?.refused).toMatchObject([
      { entity: 'base-value', reasons: [expect.stringContaining('beekeeping')] },
    ]);
    expect(it.workspace.system.workspace.baseValues.find('industry', 'beekeeping')?.active).toBe(true);
    expect(it.workspace.system.workspace.baseValues.find('industry', 'glassblowing')).toBeNull();
  });
});
