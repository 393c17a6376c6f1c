import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { orderBulk } from '../bulk/order.ts';
import { askUndo, readRun } from '../bulk/runs.ts';
import { workOnBulk } from '../bulk/work.ts';
import type { Ctx } from '../ctx.ts';
import { history } from '../events/history.ts';
import { readRecordAt } from '../events/record-at.ts';
import { undoBatch } from '../events/undo-batch.ts';
import { undoChange } from '../events/undo-change.ts';
import { type Importing, importing } from '../import/importing.fixture.ts';
import { openImport } from '../import/open.ts';
import { rowOf, workbookOf } from '../import/read/xlsx.fixture.ts';
import { removeImport } from '../import/sets.ts';
import { rowsOut } from '../import/view.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { ensurePartitions } from '../schema/partitions.ts';
import { searchRecords } from '../search/search.ts';
import { eraseRecord } from './erase-record.ts';
import { neutral } from './personal.ts';

let place: Importing;
let admin: Ctx;
let id: string;
let batch: string;
let mine: string;
let moment: string;
const contact = () => place.workspace.entity('contact');
const account = () => place.workspace.entity('account');

/** Everything that says who it was, in any spelling that is stored. */
const planted = [
  'Zyxwvu',
  'Qponml',
  'zyx.former@example.org',
  'zyx.qponml@example.org',
  '612345678',
  'Quuxville',
];

beforeAll(async () => {
  place = await importing();
  admin = place.admin;
  await ensurePartitions(admin.db, 'w_main', new Date('2020-02-02'));
  const old = { ...admin, now: new Date('2020-02-02T10:00:00Z') };
  const [made] = await createRecords(old, contact(), [
    { name: { first: 'Zyxwvu', last: 'Qponml' }, email: 'zyx.former@example.org' },
  ]);
  id = made?.id ?? '';
  await sql`insert into w_main.external_key (entity, source, key, record) values ('contact', 'old', 'zyx.qponml', ${id})`.execute(
    admin.db,
  );
  const told = JSON.stringify({ id, email: 'zyx.former@example.org', name: { last: 'Qponml' } });
  await sql`insert into w_main.kept_answer (user_id, key, request, status, body, at)
    values (${admin.who.userId}, 'k', '', 201, ${told}, now())`.execute(admin.db);
  mine = await place.open(
    admin,
    'contact',
    [
      'ID,First Name,Last Name,Email,Phone,City',
      'zyx.qponml,Zyxwvu,Qponml,zyx.qponml@example.org,+33 612345678,Quuxville',
      'other,Other,Person,other@example.org,,',
      ',Zyxwvu,Qponml,no mail,612345678,Quuxville',
    ],
    (mapping) => ({ ...mapping, source: 'old' }),
  );
  const done = await place.through(admin, mine);
  expect(done).toMatchObject({ updated: 1, created: 1, failed: 1 });
  batch = mine;
  moment = new Date().toISOString();
  await updateRecords(admin, contact(), [{ id, values: { jobTitle: 'Zyxwvu’s own job' } }]);
  await createRecords(admin, account(), [{ name: 'Firm', description: 'Met Zyxwvu Qponml at the fair' }]);
  await bulkRun();
});
afterAll(() => place.workspace.close());

/** A run that finds the person by name, and an undo of it that the person stands in the way of. */
async function bulkRun(): Promise<void> {
  const where = 'name contains "Qponml"';
  const values = { description: 'Seen with Zyxwvu Qponml' };
  const run = await orderBulk(admin, contact(), { verb: 'update', where, values });
  await workOnBulk(admin, run);
  await updateRecords(admin, contact(), [{ id, values: { description: 'Zyxwvu’s later one' } }]);
  await askUndo(admin, run);
  await workOnBulk(admin, run);
  expect(await readRun(admin, run)).toMatchObject({ changed: 1, undo: { refused: 1, inTheWay: [{ id }] } });
}

/** The tables in which a text is found, in any column, bytes included. */
async function tablesWith(text: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'w_main' and table_type = 'BASE TABLE'`.execute(
    admin.db,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await sql`select from ${sql.id('w_main', name)} t
      where t::text ilike ${`%${text}%`} or t::text ilike ${`%${Buffer.from(text).toString('hex')}%`} limit 1`.execute(
      admin.db,
    );
    if (hits.length > 0) found.push(name);
  }
  return found;
}

describe('erasing a person', () => {
  it('is refused to whoever isn’t entrusted with it, and of what isn’t about persons', async () => {
    expect((await refusal(eraseRecord(place.sam, contact(), id))).detail.message?.code).toBe(
      'erase-forbidden',
    );
    expect((await refusal(eraseRecord(admin, account(), id))).detail.message?.code).toBe('erase-not-persons');
    expect((await refusal(eraseRecord(admin, contact(), mine))).code).toBe('not-found');
    expect(await readRecord(admin, contact(), id)).toMatchObject({ email: 'zyx.qponml@example.org' });
  });

  it('waits until no unfinished import holds the person', async () => {
    const open = await place.open(admin, 'contact', ['Last Name,Email', 'Who,zyx.qponml@example.org']);
    const refused = await refusal(eraseRecord(admin, contact(), id));
    expect([refused.detail.message?.code, refused.detail.extra]).toEqual([
      'erase-import-open',
      { imports: [open] },
    ]);
    expect(await readRecord(admin, contact(), id)).toMatchObject({ email: 'zyx.qponml@example.org' });
    await removeImport(admin, open);
  });

  it('finds the person in files whose bytes aren’t their letters', async () => {
    const mail = 'zyx.qponml@example.org';
    const files = [
      await workbookOf({ sheets: { S: rowOf('Last Name', 'Email') + rowOf('Who', mail) } }),
      Buffer.from(`\uFEFFLast Name,Email\r\nWho,${mail}\r\n`, 'utf16le'),
      Buffer.from('{"Last Name": "Who", "Email": "zyx.qponml\\u0040example.org"}'),
    ];
    for (const bytes of files) {
      const open = await openImport(admin, { entity: 'contact', fileName: 'packed', bytes });
      const refused = await refusal(eraseRecord(admin, contact(), id));
      expect(refused.detail.extra).toEqual({ imports: [open] });
      await removeImport(admin, open);
    }
  });

  it('leaves the values nowhere in the workspace, except in texts that are listed for a person to judge', async () => {
    for (const text of planted) expect(await tablesWith(text), text).not.toEqual([]);
    const erased = await eraseRecord(admin, contact(), id);
    expect(erased).toMatchObject({ files: ['test-rows.csv'], complete: true });
    expect(erased.record).toMatchObject({ name: { first: null, last: neutral }, email: null, phone: null });
    expect(erased.mentions.map(({ entity, field, where }) => `${entity} ${field} ${where}`).sort()).toEqual([
      'account description history',
      'account description record',
    ]);
    for (const { entity, id: named } of erased.mentions) {
      expect(entity).toBe('account');
      await updateRecords(admin, account(), [{ id: named, values: { description: null } }]);
      // Its history too is for the person to judge; here it goes by hand, so that the scan below sees all the rest.
      await sql`update w_main.event set changes = changes - 'description' where record = ${named}`.execute(
        admin.db,
      );
    }
    for (const text of planted) expect(await tablesWith(text), text).toEqual([]);
    const { rows: runs } = await sql`select undo from w_main.bulk_run`.execute(admin.db);
    expect(runs).toMatchObject([{ undo: { refused: 1, inTheWay: [] } }]);
    expect((await searchRecords(admin, 'zyxwvu')).groups).toEqual([]);
  });

  it('keeps who did it and when, and what wasn’t about the person', async () => {
    const { items } = await history(admin, contact(), id);
    expect(items[0]).toMatchObject({ verb: 'erase', actor: { label: 'Ada' }, changes: [] });
    expect(items.at(-1)).toMatchObject({ verb: 'create', at: '2020-02-02T10:00:00.000Z' });
    const { items: rows } = await rowsOut(admin, mine, { limit: 10 });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['updated', 'created', 'failed']);
    expect((await tablesWith('other@example.org')).filter((name) => name === 'contact')).toEqual(['contact']);
  });

  it('can’t be undone, and neither undo nor the past knows the values', async () => {
    const { items } = await history(admin, contact(), id);
    const [last] = items;
    expect((await refusal(undoChange(admin, contact(), id, last?.id ?? ''))).detail.message?.code).toBe(
      'undo-erased',
    );
    for (const { id: event, verb } of items.filter((each) => each.verb === 'update'))
      await undoChange(admin, contact(), id, event).catch((error: unknown) => [verb, error]);
    await undoBatch(admin, batch);
    expect(await readRecordAt(admin, contact(), id, moment)).toMatchObject({
      name: { last: neutral },
      email: null,
    });
    for (const text of planted) expect(await tablesWith(text), text).toEqual([]);
  });
});
