import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { text } from '../../fields/text/text.ts';
import { newId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { undoBatch } from './undo-batch.ts';

const same = (said: string) => labels(said, said, said);
const badge = entity({
  name: 'badge',
  plural: 'badges',
  label: { one: same('Badge'), many: same('Badges') },
  title: 'number',
  fields: { number: text({ label: same('Number'), required: true, unique: true }) },
  list: { columns: ['number'], sort: 'number' },
  form: [{ label: same('Badge'), fields: ['number'] }],
  importable: true,
  access: { sales: { create: 'all', read: 'team', update: 'own', remove: 'own' } },
});

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  place = await testWorkspace({ more: [badge] });
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['North'] });
});
afterAll(() => place.close());

const account = () => place.entity('account');
const one = async (ctx: Ctx, name: string, input: Record<string, unknown>) => {
  const [made] = await createRecords(ctx, place.entity(name), [input]);
  if (!made) throw new Error('nothing was created');
  return made;
};
const inBatch = (ctx: Ctx): Ctx & { readonly batch: string } => ({ ...ctx, batch: newId(), door: 'import' });

describe('what an undo leaves alone', () => {
  it('is a record that the asker may no longer change', async () => {
    const made = await one(ana, 'account', { name: 'Handed on', number: '1' });
    const batch = inBatch(ana);
    await updateRecords(batch, account(), [{ id: made.id, values: { number: '2' } }]);
    await updateRecords(place.system, account(), [{ id: made.id, values: { owner: ben.who.userId } }]);
    const report = await undoBatch(ana, batch.batch);
    expect(report.refused).toMatchObject([
      { id: made.id, mistakes: [{ message: { code: 'record-not-writable' } }] },
    ]);
    expect(await readRecord(ben, account(), made.id)).toMatchObject({ number: '2' });
  });

  it('is told in the language of the asker', async () => {
    const made = await one(ana, 'account', { name: 'Nommé' });
    const batch = inBatch(ana);
    await updateRecords(batch, account(), [{ id: made.id, values: { name: 'Renommé' } }]);
    await updateRecords(ana, account(), [{ id: made.id, values: { name: 'Encore' } }]);
    const report = await undoBatch({ ...ana, locale: 'fr' }, batch.batch);
    expect(report.refused[0]?.mistakes[0]?.params).toMatchObject({ fields: 'Nom' });
  });

  it('is a record whose key another one has by now, and the rest goes through', async () => {
    const source = 'elsewhere';
    const gone = await one(ana, 'badge', { number: 'k1', externalKeys: [{ source, key: 'k' }] });
    const kept = await one(ana, 'badge', { number: 'k2' });
    const batch = inBatch(ana);
    await removeRecords(batch, place.entity('badge'), [{ id: gone.id }, { id: kept.id }]);
    await one(ana, 'badge', { number: 'k3', externalKeys: [{ source, key: 'k' }] });
    const report = await undoBatch(ana, batch.batch);
    expect(report.refused).toMatchObject([
      { id: gone.id, mistakes: [{ message: { code: 'external-key-taken' } }] },
    ]);
    expect(await readRecord(ana, place.entity('badge'), kept.id)).toMatchObject({ number: 'k2' });
  });
});

describe('what an undo puts back', () => {
  it('is what its asker made for others or gave away in the same batch', async () => {
    const given = await one(ana, 'account', { name: 'Given away' });
    const batch = inBatch(ana);
    await updateRecords(batch, account(), [
      { id: given.id, values: { owner: ben.who.userId, name: 'Ben’s' } },
    ]);
    const made = await one(batch, 'account', { name: 'Made for Ben', owner: ben.who.userId });
    expect((await undoBatch(ana, batch.batch)).refused).toEqual([]);
    expect(await readRecord(ana, account(), given.id)).toMatchObject({
      name: 'Given away',
      owner: { id: ana.who.userId },
    });
    expect((await refusal(readRecord(ben, account(), made.id))).code).toBe('not-found');
  });

  it('is a unique value that a record made in the batch holds until then', async () => {
    const made = await one(ana, 'badge', { number: '100' });
    const batch = inBatch(ana);
    await updateRecords(batch, place.entity('badge'), [{ id: made.id, values: { number: '200' } }]);
    await one(batch, 'badge', { number: '100' });
    const report = await undoBatch(ana, batch.batch);
    expect(report.refused.flatMap((each) => each.mistakes)).toEqual([]);
    expect(await readRecord(ana, place.entity('badge'), made.id)).toMatchObject({ number: '100' });
  });

  it('is found put back when an undo is taken up again', async () => {
    const made = await one(ana, 'account', { name: 'Once' });
    const batch = inBatch(ana);
    await updateRecords(batch, account(), [{ id: made.id, values: { name: 'Twice' } }]);
    await undoBatch(ana, batch.batch);
    expect((await undoBatch(ana, batch.batch)).refused).toEqual([]);
    expect(await readRecord(ana, account(), made.id)).toMatchObject({ name: 'Once', version: 3 });
  });

  it('comes again when the undo itself is undone', async () => {
    const made = await one(ana, 'account', { name: 'Old' });
    const batch = inBatch(ana);
    const fresh = await one(batch, 'account', {
      name: 'Fresh',
      externalKeys: [{ source: 'elsewhere', key: 'fresh' }],
    });
    await updateRecords(batch, account(), [{ id: made.id, values: { name: 'New' } }]);
    const undone = await undoBatch(ana, batch.batch);
    expect((await undoBatch(ana, undone.batch)).refused).toEqual([]);
    expect(await readRecord(ana, account(), made.id)).toMatchObject({ name: 'New' });
    expect(await readRecord(ana, account(), fresh.id)).toMatchObject({ name: 'Fresh' });
    const twin = { name: 'Twin', externalKeys: [{ source: 'elsewhere', key: 'fresh' }] };
    expect(mistakes(await refusal(createRecords(ana, account(), [twin])))).toEqual([
      ['externalKeys', 'external-key-taken'],
    ]);
  });
});
