import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ctxOf } from '../../../test/doors/write-doors.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { rebuildWaiting } from '../../engine/search/rebuild.ts';
import type { FoundGroup, FoundRecord, SearchBuild } from '../../model/search.ts';

let doors: TestDoors;
let sales: Caller;
const ids: Record<string, string> = {};

beforeAll(async () => {
  doors = await testDoors();
  sales = await doors.user('Sal');
  const make = async (name: string, plural: string, body: Record<string, unknown>) => {
    const answer = await sales.program('POST', `/${plural}`, body);
    expect(answer.status, answer.text).toBe(201);
    ids[name] = answer.body.id;
  };
  await make('zoe', 'contacts', {
    name: { first: 'Zoé', last: 'Lefèvre-Muñoz' },
    email: 'zoe.lefevre@harbour.example',
    phone: '+33 (0)6 12 34 56 78',
  });
  await make('account', 'accounts', { name: 'Fonderie Quintana' });
  await make('deal', 'opportunities', {
    name: 'Crane',
    account: ids['account'],
    stage: 'prospecting',
    closeDate: '2027-01-01',
  });
});
afterAll(() => doors.close());

test('a search of an entity that there isn’t is refused, and the nearest one is named', async () => {
  const answer = await search(sales, 'zoe', '&entities=contcat,account');
  expect(answer).toMatchObject({
    status: 422,
    body: { mistakes: [{ field: 'entities', code: 'search-unknown-entity', value: 'contcat' }] },
  });
  expect(answer.text).toContain('contact');
  expect((await search(sales, 'zoe', '&entities=contact')).status).toBe(200);
});

const search = (who: Caller, q: string, more = ''): Promise<Answer> =>
  who.program('GET', `/search?q=${encodeURIComponent(q)}${more}`);
const groupsOf = ({ body }: Answer) => body.groups as readonly FoundGroup[];
const hits = async (q: string): Promise<readonly FoundRecord[]> =>
  groupsOf(await search(sales, q)).flatMap(({ items }) => items);

describe('the search', () => {
  test('refuses what it doesn’t know, by name', async () => {
    for (const asked of ['limit=0', 'limit=201', 'limit=x', 'qq=x']) {
      const answer = await sales.program('GET', `/search?${asked}`);
      expect(answer.status, answer.text).toBe(422);
      expect(answer.body.mistakes[0]?.field).toBe(asked.split('=')[0]);
    }
    expect((await sales.program('POST', '/search')).status).toBe(405);
  });

  test('finds nothing beyond the reader’s reach', async () => {
    const other = await doors.user('Olga');
    for (const q of ['lefevre', 'lefevrr', '45678']) {
      expect((await search(other, q)).text, q).not.toContain(ids['zoe']);
      expect((await search(sales, q)).text, q).toContain(ids['zoe']);
    }
  });

  test('finds a contact by the last five digits of a phone typed in another format, and shows them', async () => {
    for (const q of ['45678', '4-56-78', '4 56 78', '06 12 34 56 78', '0033612345678']) {
      const [hit] = await hits(q);
      expect(hit, q).toMatchObject({ id: ids['zoe'], match: { field: 'phone' } });
    }
    const [hit] = await hits('45678');
    expect(hit?.match?.marks.map(([from, to]) => hit.match?.text.slice(from, to))).toEqual(['4 56 78']);
  });

  test('finds by a name without its accents, by a part of an address, and by a word with one letter wrong', async () => {
    expect((await hits('lefevre'))[0]).toMatchObject({ id: ids['zoe'], near: false, marks: [[4, 11]] });
    expect((await hits('harbour.example'))[0]).toMatchObject({ id: ids['zoe'], match: { field: 'email' } });
    const { body } = await search(sales, 'lefebre');
    expect(body['meant']).toBe('Lefèvre');
    expect((await hits('lefebre'))[0]).toMatchObject({ id: ids['zoe'], near: true, marks: [[4, 11]] });
  });

  test('finds by a record’s number, as it is written or by its digits', async () => {
    const { body } = await sales.program('GET', `/opportunities/${ids['deal']}`);
    const number = String(body['number']);
    expect(number).toMatch(/^OPP-0+\d+$/);
    const digits = number.replace(/\D+0*/, '');
    for (const q of [number, number.toLowerCase(), number.replace('-', ''), `opp ${digits}`, digits]) {
      const found = await hits(q);
      expect(found[0], q).toMatchObject({ id: ids['deal'], near: false });
    }
    expect((await hits(number))[0]?.match?.field).toBe('number');
  });

  test('takes for words what looks like a number and is none', async () => {
    const { body } = await sales.program('POST', '/accounts', { name: 'Opp 4711 Fonderie' });
    for (const q of ['opp 4711', 'fonderie 4711'])
      expect(
        (await hits(q)).map(({ id }) => id),
        q,
      ).toEqual([body['id']]);
  });
});

describe('a rebuild of the search', () => {
  const rebuild = (signal?: AbortSignal) =>
    rebuildWaiting({ ...ctxOf(doors, doors.admin, 'system'), ...(signal ? { signal } : {}) });
  const builds = async () =>
    (await doors.admin.program('GET', '/search/rebuild')).body.items as unknown as readonly SearchBuild[];

  test('is for administrators', async () => {
    for (const method of ['GET', 'POST'] as const)
      expect((await sales.program(method, '/search/rebuild')).status).toBe(403);
    expect((await doors.admin.program('POST', '/search/rebuild?entity=x')).status).toBe(422);
  });

  test('is asked for at once, goes on while people search, and tells how far it is', async () => {
    const asked = await doors.admin.program('POST', '/search/rebuild');
    expect(asked.status).toBe(202);
    expect((await builds()).every(({ state }) => state === 'waiting')).toBe(true);
    expect(await hits('lefevre')).toHaveLength(1);
    await Promise.all([rebuild(), hits('lefevre').then((found) => expect(found).toHaveLength(1))]);
    const contacts = (await builds()).find(({ entity }) => entity === 'contact');
    expect(contacts).toMatchObject({ state: 'done', done: 1, total: 1 });
  });

  test('mends what was lost, drops what is stray, and forgets words that nothing holds', async () => {
    await sql`delete from w_main.search_entry where record = ${ids['zoe']}::uuid`.execute(doors.db);
    await sql`delete from w_main.search_word where word = 'lefevre'`.execute(doors.db);
    await sql`insert into w_main.search_entry (entity, record, words, title)
      values ('contact', gen_random_uuid(), array_to_tsvector(array['straggler']), 'Straggler')`.execute(
      doors.db,
    );
    await sql`insert into w_main.search_word (word, made, near)
      values ('bygone', 1, '{bygone}'), ('crane', 1, '{crane}')`.execute(doors.db);
    expect(await hits('lefevre')).toEqual([]);
    await doors.admin.program('POST', '/search/rebuild');
    expect(await rebuild()).toBe(true);
    expect(await hits('lefevre')).toHaveLength(1);
    expect(await hits('lefevr')).toHaveLength(1);
    const { rows: entries } = await sql`
      select 1 from w_main.search_entry where title = 'Straggler'`.execute(doors.db);
    expect(entries).toEqual([]);
    const { rows: words } = await sql<{ word: string }>`
      select word from w_main.search_word where word in ('bygone', 'crane')`.execute(doors.db);
    expect(words).toEqual([{ word: 'crane' }]);
  });

  test('stopped in the middle goes on later, and is done by one process at a time', async () => {
    await doors.admin.program('POST', '/search/rebuild');
    await rebuild(AbortSignal.abort());
    expect((await builds()).some(({ state }) => state !== 'done')).toBe(true);
    const both = await Promise.all([rebuild(), rebuild()]);
    expect(both).toContain(true);
    await rebuild();
    expect((await builds()).every(({ state }) => state === 'done')).toBe(true);
  });
});
