import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { until } from '../../../test/harness/until.ts';
import { type Ctx, systemWho } from '../../engine/ctx.ts';
import { waitingScans, workOnScan } from '../../engine/duplicates/scan.ts';
import { askScan } from '../../engine/duplicates/scans.ts';
import { newId } from '../../lib/ids.ts';
import { entityOf } from '../../model/declarations.ts';
import type { DuplicatePairs } from '../../model/duplicate.ts';

let doors: TestDoors;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  doors = await testDoors({ works: true });
  ana = await doors.user('Ana');
  ben = await doors.user('Ben');
});
afterAll(() => doors.close());

const system = (): Ctx => ({
  who: systemWho,
  workspace: doors.workspace,
  locale: 'en',
  timeZone: 'UTC',
  now: new Date(),
  db: doors.db,
  door: 'system',
  batch: null,
});
const throwIt = (error: unknown): void => {
  throw error;
};
const work = (entity: string) => workOnScan(system(), entity, throwIt);
/** Of the tables that duplicates write; the worker writes elsewhere by itself. */
async function prints(): Promise<unknown> {
  const all = await fingerprint(doors.db, doors.workspace.schema);
  return [all['duplicate_pair'], all['duplicate_scan'], all['contact'], all['event']];
}

async function pairs(caller: Caller, query = ''): Promise<DuplicatePairs> {
  const { status, body, text } = await caller.program('GET', `/contacts/duplicates${query}`);
  expect(status, text).toBe(200);
  return body as unknown as DuplicatePairs;
}
const idsOf = ({ items }: DuplicatePairs) => items.map(({ records }) => records.map(({ id }) => id));

const contact = async (caller: Caller, first: string, last: string, more: object = {}): Promise<string> => {
  const { body, text } = await caller.program('POST', '/contacts', { name: { first, last }, ...more });
  expect(body.id, text).toBeDefined();
  return body.id;
};
async function scan(): Promise<void> {
  expect((await doors.admin.program('POST', '/contacts/duplicates/scan', {})).status).toBe(202);
  const stateOf = async () => (await pairs(doors.admin)).scan?.state;
  expect(await until(stateOf, (state) => state !== 'waiting' && state !== 'scanning')).toBe('done');
}
async function decide(caller: Caller, ids: readonly string[], state: string): Promise<number> {
  const [one, other] = ids;
  return (await caller.program('POST', '/contacts/duplicates/decision', { one, other, state })).status;
}

describe('the search for duplicates among all records', () => {
  test('is refused where nothing tells duplicates, to who doesn’t see all records, and with what isn’t known', async () => {
    const before = await prints();
    const scanOf = (caller: Caller, plural: string) =>
      caller.program('POST', `/${plural}/duplicates/scan`, {});
    expect(await scanOf(doors.admin, 'opportunities')).toMatchObject({
      status: 404,
      body: { code: 'no-duplicates' },
    });
    expect(await scanOf(ana, 'contacts')).toMatchObject({
      status: 403,
      body: { code: 'duplicate-scan-forbidden' },
    });
    expect(await doors.admin.program('DELETE', '/contacts/duplicates/scan')).toMatchObject({
      status: 409,
      body: { code: 'duplicate-scan-not-running' },
    });
    for (const [query, status] of [
      ['?state=merged', 422],
      ['?limit=0', 422],
      ['?after=nowhere', 400],
      [`?after=50_${'-'.repeat(36)}_${'-'.repeat(36)}`, 400],
      ['?sort=name', 422],
      ['?with=account', 422],
      ['?with=', 422],
    ])
      expect(await ana.program('GET', `/contacts/duplicates${query}`)).toMatchObject({ status });
    const decision = (body: object) => ana.program('POST', '/contacts/duplicates/decision', body);
    expect(await decision({ one: 'x', other: newId(), state: 'open' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'one' }] },
    });
    expect(await decision({ one: newId(), other: newId(), state: 'open', with: 'task' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'with', code: 'duplicate-not-compared' }] },
    });
    expect(await ana.program('POST', '/contacts/duplicates?from=me', {})).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'from', code: 'input-not-id' }] },
    });
    expect(await decision({ one: newId(), other: newId(), state: 'merged' })).toMatchObject({
      status: 422,
      body: { mistakes: [{ field: 'state' }] },
    });
    expect(await decision({ one: newId(), other: newId(), state: 'open' })).toMatchObject({
      status: 404,
      body: { code: 'duplicate-no-pair' },
    });
    expect(await prints()).toEqual(before);
  });

  test('finds pairs, tells each with its reasons, and shows it to who may read both', async () => {
    expect((await pairs(doors.admin)).scan).toBeNull();
    const [one, other] = [
      await contact(ana, 'Grace', 'Hopper', { email: 'grace.hopper@navy.example' }),
      await contact(ana, 'Hopper', 'Grace', { email: 'grace.hopper@yale.example' }),
    ];
    const foreign = await contact(ben, 'Grace', 'Hoper', { email: 'grace.hopper@navy.example' });
    await scan();
    const all = await pairs(doors.admin);
    expect(all.scan).toMatchObject({ state: 'done', done: 3, total: 3, stopped: null });
    expect(all.canScan).toBe(true);
    expect(idsOf(all)).toEqual([
      [one, foreign],
      [one, other],
      [other, foreign],
    ]);
    const seen = await pairs(ana);
    expect(idsOf(seen)).toEqual([[one, other]]);
    expect(seen).toMatchObject({
      canScan: false,
      items: [
        {
          score: 78,
          state: 'open',
          decidedBy: null,
          reasons: [
            { criterion: 'name', points: 48, message: 'Same: Name' },
            { criterion: 'email', points: 30, message: 'Similar: E-mail' },
          ],
        },
      ],
    });
    expect(idsOf(await pairs(ben))).toEqual([]);
    const nobody = await doors.user('Nobody', []);
    expect((await nobody.program('GET', '/contacts/duplicates')).status).toBe(403);
  });

  test('is told page by page', async () => {
    const whole = idsOf(await pairs(doors.admin));
    const paged: unknown[] = [];
    for (let after = ''; ; ) {
      const page = await pairs(doors.admin, `?limit=1${after}`);
      paged.push(...idsOf(page));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(paged).toEqual(whole);
  });

  test('catches up with what was written since', async () => {
    expect(await waitingScans(system())).toEqual([]);
    const here = { email: 'ada.lovelace@engine.example' };
    const one = await contact(ana, 'Ada', 'Lovelace', here);
    const other = await contact(ana, 'Ada', 'Byron', { ...here, phone: '+33 1 42 68 77 01' });
    expect(await waitingScans(system())).toEqual(['contact']);
    await work('contact');
    const isThere = async () =>
      idsOf(await pairs(ana)).some((ids) => ids.includes(one) && ids.includes(other));
    expect(await isThere()).toBe(false);
    const rename = async (last: string) => {
      const { version } = (await ana.program('GET', `/contacts/${other}`)).body;
      await ana.program('PATCH', `/contacts/${other}`, { version, name: { first: 'Ada', last } });
    };
    await rename('Lovelace');
    await work('contact');
    expect(await isThere()).toBe(true);
    await rename('King');
    // Told as the records are now, before the search has caught up.
    expect(await isThere()).toBe(false);
    await rename('Lovelace');
    await ana.program('DELETE', `/contacts/${one}`);
    expect(await isThere()).toBe(false);
    await ana.program('POST', `/contacts/${one}/restore`, {});
    await work('contact');
    expect(await isThere()).toBe(true);
  });

  test('keeps what somebody who may change a record decided, and tells who', async () => {
    const [ids = []] = idsOf(await pairs(ana));
    expect(await decide(ben, ids, 'not-duplicate')).toBe(404);
    expect(await decide(ana, [...ids].reverse(), 'not-duplicate')).toBe(204);
    expect(idsOf(await pairs(ana))).not.toContainEqual(ids);
    await scan();
    expect(idsOf(await pairs(ana))).not.toContainEqual(ids);
    expect(await pairs(ana, '?state=not-duplicate')).toMatchObject({
      items: [{ state: 'not-duplicate', decidedBy: { id: ana.id, label: 'Ana' } }],
    });
    expect(await decide(ana, ids, 'open')).toBe(204);
    expect(idsOf(await pairs(ana))).toContainEqual(ids);
    expect((await pairs(ana, '?state=not-duplicate')).items).toEqual([]);
  });

  test('is cancelled, and begins anew', async () => {
    // Asked for without a job, so that no worker is faster than the test.
    const asked = await askScan(system(), entityOf(doors.workspace.model, 'contact'));
    expect(asked).toMatchObject({ state: 'waiting', done: 0 });
    const cancelled = await doors.admin.program('DELETE', '/contacts/duplicates/scan');
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    await work('contact');
    expect((await pairs(doors.admin)).scan).toMatchObject({ state: 'cancelled', done: 0 });
    await scan();
    expect((await pairs(doors.admin)).scan).toMatchObject({ state: 'done' });
  });

  test('finds leads that may be contacts, tells each as what it is, and keeps what is decided of them', async () => {
    const here = { email: 'dora.maar@photo.example' };
    const known = await contact(ana, 'Dora', 'Maar', here);
    const lead = (await ana.program('POST', '/leads', { name: { first: 'Dora', last: 'Maar' }, ...here }))
      .body.id;
    const hint = await ana.program('POST', '/leads/duplicates', { ...here, id: lead });
    expect(hint.body).toMatchObject({ items: [{ entity: 'contact', id: known, label: 'Dora Maar' }] });
    await askScan(system(), entityOf(doors.workspace.model, 'lead'));
    await work('lead');
    const across = async (caller: Caller, plural: string, other: string) =>
      (await caller.program('GET', `/${plural}/duplicates?with=${other}`)).body as unknown as DuplicatePairs;
    expect(await across(ana, 'leads', 'contact')).toMatchObject({
      items: [{ entities: ['lead', 'contact'], records: [{ id: lead }, { id: known }], score: 100 }],
      scan: { state: 'done', total: 1 },
    });
    expect((await across(ana, 'contacts', 'lead')).items).toHaveLength(1);
    expect((await across(ben, 'leads', 'contact')).items).toEqual([]);
    const decideAs = async (caller: Caller, state: string) =>
      (
        await caller.program('POST', '/contacts/duplicates/decision', {
          one: known,
          other: lead,
          state,
          with: 'lead',
        })
      ).status;
    expect(await decideAs(ben, 'not-duplicate')).toBe(404);
    expect(await decideAs(ana, 'not-duplicate')).toBe(204);
    expect((await across(ana, 'leads', 'contact')).items).toEqual([]);
    expect((await ana.program('POST', '/leads/duplicates', { ...here, id: lead })).body.items).toEqual([]);
    expect(await decideAs(ana, 'open')).toBe(204);
    expect((await doors.admin.program('POST', `/contacts/${known}/erase`, { confirm: true })).status).toBe(
      200,
    );
    const { rows } = await sql`
      select from ${sql.id(doors.workspace.schema, 'duplicate_pair')} where ${known}::uuid in (a, b)`.execute(
      doors.db,
    );
    expect(rows).toEqual([]);
  });

  test('of an erased person nothing is left', async () => {
    const [ids = []] = idsOf(await pairs(ana));
    const { status, text } = await doors.admin.program('POST', `/contacts/${ids[0]}/erase`, {
      confirm: true,
    });
    expect(status, text).toBe(200);
    expect(idsOf(await pairs(doors.admin)).flat()).not.toContain(ids[0]);
    const { rows } = await sql`
      select from ${sql.id(doors.workspace.schema, 'duplicate_pair')} where ${ids[0]}::uuid in (a, b)`.execute(
      doors.db,
    );
    expect(rows).toEqual([]);
  });
});
