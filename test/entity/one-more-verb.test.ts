import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { machine } from './machine.fixture.ts';
import { lend, takeBack } from './machine-verbs.fixture.ts';

let doors: TestDoors;
let sal: Caller;
let other: Caller;
beforeAll(async () => {
  doors = await testDoors({ more: [machine], verbs: [lend, takeBack] });
  sal = await doors.user('Sal');
  other = await doors.user('Other');
});
afterAll(() => doors.close());

const newMachine = async (): Promise<string> =>
  (await sal.program('POST', '/machines', { name: 'Crane' })).body.id;

describe('one more verb', () => {
  test('reads its fields by their types and refuses what is wrong with them', async () => {
    const id = await newMachine();
    const before = await fingerprint(doors.db, doors.workspace.schema);
    const mistakes = async (body: object) =>
      (await sal.program('POST', `/machines/${id}/lend`, body)).body.mistakes.map(({ field, code }) => [
        field,
        code,
      ]);
    expect(await mistakes({})).toEqual([['until', 'verb-input-missing']]);
    expect(await mistakes({ until: 'soon', to: 'x'.repeat(41), unitl: 1 })).toEqual([
      ['unitl', 'unknown-field-near'],
      ['until', 'date-unknown'],
      ['to', 'text-too-long'],
    ]);
    expect(await mistakes({ until: '2020-01-01', to: 'Nobody' })).toEqual([['until', 'machine.until-past']]);
    expect(await fingerprint(doors.db, doors.workspace.schema)).toEqual(before);
  });

  test('has its button for whom it is, as long as it can be done', async () => {
    const id = await newMachine();
    const verbs = async (who: Caller): Promise<unknown> =>
      ((await who.program('GET', `/machines/${id}`)).body.can as { verbs: unknown }).verbs;
    expect([await verbs(sal), await verbs(other)]).toEqual([['lend'], []]);
    expect((await other.program('POST', `/machines/${id}/lend`, { until: '2099-01-01' })).status).toBe(403);
    const done = await sal.program('POST', `/machines/${id}/lend`, { until: '2099-01-01' });
    expect(done.body).toMatchObject({ done: 'Lent', made: [], record: { state: 'rented' } });
    expect(await verbs(sal)).toEqual(['take-back']);
    expect(await sal.program('POST', `/machines/${id}/lend`, { until: '2099-01-01' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'state', code: 'machine.lent' }] },
    });
    expect((await sal.program('POST', `/machines/${id}/take-back`)).body).toMatchObject({
      record: { state: 'idle', site: null },
    });
  });

  test('finds, makes and changes other records in the name of who asks, all undone together', async () => {
    const hidden = await other.program('POST', '/accounts', { name: 'Site' });
    const id = await newMachine();
    const first = await sal.program('POST', `/machines/${id}/lend`, { until: '2099-01-01', to: 'Site' });
    const made = ((first.body.record as { site: { id: string } }) ?? {}).site.id;
    expect(made).not.toBe(hidden.body.id);
    const second = await newMachine();
    const again = await sal.program('POST', `/machines/${second}/lend`, { until: '2099-01-01', to: 'Site' });
    expect(again.body.record).toMatchObject({ site: { id: made } });
    expect((await sal.program('GET', `/accounts/${made}`)).body.description).toBe('Lends machines');
    await sal.program('POST', `/batches/${String(again.body.batch)}/undo`);
    expect((await sal.program('GET', `/accounts/${made}`)).body.description).toBeNull();
    expect((await sal.program('GET', `/machines/${second}`)).body).toMatchObject({
      state: 'idle',
      site: null,
    });
  });
});
