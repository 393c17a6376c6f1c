import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../../engine/ctx.ts';
import { listRecords } from '../../engine/query/list.ts';
import { createRecords, updateRecords } from '../../engine/record/verbs.ts';

let place: TestWorkspace;
let ana: Ctx;
let emile: Ctx;
let account: string;
beforeAll(async () => {
  place = await testWorkspace();
  ana = { ...(await place.user('Ana Díaz', { teams: ['North'] })), now: new Date('2026-11-22T09:00:00Z') };
  emile = await place.user('Émile Noël', { teams: ['South'] });
  account = String((await createRecords(ana, place.entity('account'), [{ name: 'Acme' }]))[0]?.id);
});
afterAll(() => place.close());

const make = async (entity: string, values: Record<string, unknown>, ctx = ana) => {
  const [made] = await createRecords(ctx, place.entity(entity), [values]);
  if (!made) throw new Error('nothing was made');
  return made;
};
const about = () => ({ entity: 'account', id: account });

describe('a task', () => {
  test('says what is to be done', async () => {
    expect(mistakes(await refusal(make('task', {})))).toEqual([['subject', 'required']]);
    expect(
      mistakes(await refusal(make('task', { subject: 'x', completedAt: '2026-01-01T00:00:00Z' }))),
    ).toEqual([['completedAt', 'read-only']]);
    const elsewhere = { entity: 'user', id: account };
    expect(mistakes(await refusal(make('task', { subject: 'x', related: elsewhere })))).toHaveLength(1);
    expect(mistakes(await refusal(make('task', { subject: 'x', related: about() }, emile)))).toEqual([
      ['related', 'unknown-reference'],
    ]);
  });

  test('is completed at the moment when its status says done, and no longer when it is taken up again', async () => {
    const task = await make('task', { subject: 'Call back', related: about() });
    expect(task).toMatchObject({ status: 'not-started', priority: 'normal', completedAt: null });
    const set = async (version: number, values: Record<string, unknown>, now = ana.now) =>
      (await updateRecords({ ...ana, now }, place.entity('task'), [{ id: task.id, version, values }]))[0];
    expect(await set(1, { status: 'done' })).toMatchObject({ completedAt: '2026-11-22T09:00:00.000Z' });
    const later = new Date('2026-11-23T09:00:00Z');
    expect(await set(2, { subject: 'Called' }, later)).toMatchObject({
      completedAt: '2026-11-22T09:00:00.000Z',
    });
    expect(await set(3, { status: 'cancelled' }, later)).toMatchObject({ completedAt: null });
    const born = await make('task', { subject: 'Long done', status: 'done' });
    expect(born.completedAt).toBe('2026-11-22T09:00:00.000Z');
  });

  test('is found when it is overdue, due today, and among those about a record', async () => {
    await make('task', { subject: 'Late', due: '2026-11-20', related: about() });
    await make('task', { subject: 'Late but done', due: '2026-11-20', status: 'done' });
    await make('task', { subject: 'Now', due: '2026-11-22' });
    await make('task', { subject: 'Later', due: '2026-11-30' });
    const subjects = async (where: string) =>
      (await listRecords(ana, place.entity('task'), { where })).items.map((each) => each.subject);
    expect(await subjects('due < today and status.class = open')).toEqual(['Late']);
    expect(await subjects('due = today and status.class = open and owner = me')).toEqual(['Now']);
    expect(await subjects(`related = "${account}" and status.class = open`)).toEqual(['Late']);
  });
});

describe('a note', () => {
  test('has a text and belongs to a record', async () => {
    expect(mistakes(await refusal(make('note', {}))).map(([field]) => field)).toEqual(['text', 'related']);
  });

  test('is called by its beginning until it gets a title of its own', async () => {
    const note = await make('note', { text: '\n  First   line \nsecond', related: about() });
    expect(note.title).toBe('First line');
    const set = async (version: number, values: Record<string, unknown>) =>
      (await updateRecords(ana, place.entity('note'), [{ id: note.id, version, values }]))[0];
    const long = `${'word '.repeat(30)}end`;
    const renamed = await set(1, { text: long });
    expect(String(renamed?.title)).toMatch(/^(word )+word…$/);
    expect([...String(renamed?.title)].length).toBeLessThanOrEqual(80);
    expect((await set(2, { title: 'Mine' }))?.title).toBe('Mine');
    expect((await set(3, { text: 'Something else' }))?.title).toBe('Mine');
    expect((await set(4, { title: null }))?.title).toBe('Something else');
  });

  test('is read by who may read what it is about, and by nobody else', async () => {
    const texts = async (ctx: Ctx) =>
      (await listRecords(ctx, place.entity('note'), {})).items.map((each) => each.text);
    expect(await texts(ana)).toContain('Something else');
    expect(await texts(emile)).toEqual([]);
    const shared = await make(
      'note',
      { text: 'For Ana', related: about() },
      { ...emile, who: place.system.who },
    );
    expect(await texts(ana)).toContain('For Ana');
    const mine = updateRecords(ana, place.entity('note'), [
      { id: shared.id, version: 1, values: { pinned: true } },
    ]);
    expect((await refusal(mine)).code).toBe('forbidden');
  });
});
