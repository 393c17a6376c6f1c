import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, removeRecords, restoreRecords, updateRecords } from '../record/verbs.ts';
import { ensurePartitions } from '../schema/partitions.ts';
import { readRecordAt } from './record-at.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;
let parent: string;
let id: string;

const account = () => place.entity('account');
const on = (ctx: Ctx, now: string): Ctx => ({ ...ctx, now: new Date(now) });
const years = ['2019-05-02', '2021-03-03', '2021-03-04', '2023-06-01', '2023-06-02'] as const;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël');
  for (const day of years) await ensurePartitions(place.system.db, 'w_main', new Date(`${day}T00:00:00Z`));
  const make = async (at: string, values: Record<string, unknown>): Promise<string> =>
    (await createRecords(on(ana, at), account(), [values]))[0]?.id ?? '';
  parent = await make('2019-05-02T08:00:00Z', { name: 'Parent' });
  id = await make('2019-05-02T09:00:00Z', { name: 'First', number: 'N-1' });
  const change = (at: string, values: Record<string, unknown>) =>
    updateRecords(on(ana, at), account(), [{ id, values }]);
  await change('2021-03-03T14:02:00Z', { name: 'Second', parent });
  await change('2021-03-04T23:30:00Z', { name: 'Third', number: null });
  await removeRecords(on(ana, '2023-06-01T10:00:00Z'), account(), [{ id }]);
  await restoreRecords(on(ana, '2023-06-02T10:00:00Z'), account(), [id]);
});
afterAll(() => place.close());

describe('a record as of a moment', () => {
  it('is refused before it was made, in the future, and in words that are no moment', async () => {
    const early = await refusal(readRecordAt(ana, account(), id, '2019-05-02T08:59:59Z'));
    expect([early.code, early.detail.message?.code]).toEqual(['not-found', 'at-before-creation']);
    for (const at of ['2999-01-01', '2999-01-01T00:00:00Z'])
      expect(mistakes(await refusal(readRecordAt(ana, account(), id, at)))).toEqual([['at', 'at-future']]);
    for (const at of ['yesterday', '2021-02-30', '2021-03-03T14:02:00', '3/3/2021'])
      expect(mistakes(await refusal(readRecordAt(ana, account(), id, at)))).toEqual([['at', 'at-unknown']]);
  });

  it('is refused to who may not read it now, as one that isn’t there', async () => {
    for (const each of [id, newId(), 'no id'])
      expect((await refusal(readRecordAt(ben, account(), each, '2021-03-03'))).detail.message?.code).toBe(
        'record-not-found',
      );
  });

  it('says that it was in the bin, and is shown when asked for all the same', async () => {
    const binned = await refusal(readRecordAt(ana, account(), id, '2023-06-01T12:00:00Z'));
    expect([binned.code, binned.detail.message?.code]).toEqual(['not-found', 'at-in-bin']);
    expect(await readRecordAt(ana, account(), id, '2023-06-01T12:00:00Z', { removed: true })).toMatchObject({
      name: 'Third',
      removedAt: '2023-06-01T10:00:00.000Z',
      version: 4,
    });
  });

  it('refuses paths through references', async () => {
    const fields = ['parent.name'];
    expect(mistakes(await refusal(readRecordAt(ana, account(), id, '2021-03-03', { fields })))).toEqual([
      ['fields', 'at-own-fields'],
    ]);
  });

  it('has the values, version and author of then, years back', async () => {
    expect(await readRecordAt(ana, account(), id, '2019-05-02T09:00:00Z')).toMatchObject({
      name: 'First',
      number: 'N-1',
      parent: null,
      version: 1,
      can: { update: false, remove: false },
      asOf: { at: '2019-05-02T09:00:00.000Z', event: { actor: { label: 'Ana Díaz' } } },
    });
    expect(await readRecordAt(ana, account(), id, '2021-03-03T14:02:00Z')).toMatchObject({
      name: 'Second',
      number: 'N-1',
      parent: { id: parent, label: 'Parent' },
      version: 2,
      updatedAt: '2021-03-03T14:02:00.000Z',
    });
  });

  it('of a day is the record at its end, where the reader is', async () => {
    // In Paris, 23:30 UTC is the day after already.
    expect(await readRecordAt(ana, account(), id, '2021-03-04', { fields: ['name'] })).toMatchObject({
      name: 'Second',
    });
    expect(await readRecordAt(ana, account(), id, '2021-03-05', { fields: ['name'] })).toMatchObject({
      name: 'Third',
    });
  });

  it('of now is the record, field for field', async () => {
    const { asOf, ...then } = await readRecordAt(ana, account(), id, new Date(Date.now() - 1).toISOString());
    const now = await readRecord(ana, account(), id);
    expect({ ...then, can: now.can }).toEqual(now);
    expect(asOf.event).not.toBeNull();
  });

  it('says where the log begins, when older months were dropped', async () => {
    await sql`alter table w_main.event detach partition w_main.event_2019_05`.execute(place.system.db);
    const gone = await refusal(readRecordAt(ana, account(), id, '2020-01-01'));
    expect([gone.code, gone.detail.message?.code]).toEqual(['not-found', 'at-before-log']);
    expect(gone.detail.extra).toEqual({ since: '2021-03-03T14:02:00.000Z' });
    expect(await readRecordAt(ana, account(), id, '2021-03-03T15:00:00Z')).toMatchObject({ name: 'Second' });
  });

  it('keeps the rest partition empty', async () => {
    const { rows } = await sql`select 1 from only w_main.event_default`.execute(place.system.db);
    expect(rows).toEqual([]);
  });
});
