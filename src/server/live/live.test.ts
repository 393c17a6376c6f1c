import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let origin: string;
let ana: Caller;
let ben: Caller;
const open: AbortController[] = [];

beforeAll(async () => {
  doors = await testDoors();
  origin = await doors.app.listen({ host: '127.0.0.1', port: 0 });
  [ana, ben] = [await doors.user('Ana'), await doors.user('Ben')];
});
afterEach(() => {
  for (const each of open.splice(0)) each.abort();
});
afterAll(async () => {
  doors.app.server.closeAllConnections();
  await doors.close();
});

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Follows the stream as a browser does. */
async function follow(who: Caller, after?: string) {
  const abort = new AbortController();
  open.push(abort);
  const response = await fetch(`${origin}/w/main/api/v1/events${after ? `?after=${after}` : ''}`, {
    headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
    signal: abort.signal,
  });
  const told: Told[] = [];
  const state = { isEnded: false };
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)] as const),
        );
        text = text.slice(end + 2);
        const event = lines.get('event');
        if (event)
          told.push({ event, id: lines.get('id') ?? '', data: JSON.parse(lines.get('data') ?? '{}') });
      }
    }
    state.isEnded = true;
  };
  read().catch(() => {});
  if (response.ok) await expect.poll(() => told[0]?.event).toBe('ready');
  return { response, told, state, leave: () => abort.abort() };
}

const make = async (who: Caller, name: string): Promise<string> =>
  (await who.program('POST', '/accounts', { name })).body.id;
const changes = (told: readonly Told[]): readonly { id: string; verb: string; version: number }[] =>
  told.filter(({ event }) => event === 'changed').flatMap(({ data }) => data as []);
const hears = async (told: readonly Told[], id: string): Promise<void> => {
  await expect.poll(() => changes(told).map((each) => each.id)).toContain(id);
};

describe('the live stream', () => {
  test('is refused to strangers, and beyond so many pages of one user', async () => {
    expect((await fetch(`${origin}/w/main/api/v1/events`)).status).toBe(401);
    expect((await doors.call('GET', '/api/v1/events')).status).toBe(401);
    expect(
      (await fetch(`${origin}/w/main/api/v1/events?since=1`, { headers: { cookie: ana.cookie } })).status,
    ).toBe(422);
    for (let page = 0; page < 12; page += 1) expect((await follow(ben)).response.status).toBe(200);
    expect((await follow(ben)).response.status).toBe(429);
  });

  test('tells who may read a record that it was written, and nobody else', async () => {
    const [mine, theirs] = [await follow(ana), await follow(ben)];
    const id = await make(ana, 'Only hers');
    await ana.program('PATCH', `/accounts/${id}`, { version: 1, name: 'Still hers' });
    await ana.program('DELETE', `/accounts/${id}`);
    const his = await make(ben, 'Only his');
    await hears(theirs.told, his);
    await expect
      .poll(() => changes(mine.told).at(-1))
      .toEqual({ entity: 'account', id, verb: 'remove', version: 3 });
    expect(JSON.stringify(theirs.told)).not.toContain(id);
    expect(JSON.stringify(mine.told)).not.toContain(his);
    expect(JSON.stringify(mine.told)).not.toContain('hers');
  });

  test('goes by the rights and the session that hold when something is written', async () => {
    const cleo = await doors.user('Cleo', []);
    const { told, state } = await follow(cleo);
    const seen = await follow(doors.admin);
    const unseen = await make(ana, 'Before');
    await hears(seen.told, unseen);
    const roles = await doors.admin.program('GET', '/roles');
    const boss = roles.body.items.find(({ code }) => code === 'administrator')?.id;
    await doors.admin.program('PATCH', `/users/${cleo.id}`, { version: 1, roles: [boss] });
    const now = await make(ana, 'After');
    await hears(told, now);
    expect(JSON.stringify(told)).not.toContain(unseen);
    await doors.admin.program('PATCH', `/users/${cleo.id}`, { version: 2, active: false });
    await make(ana, 'Too late');
    await expect.poll(() => state.isEnded).toBe(true);
    expect(told.at(-1)?.event).toBe('end');
  });

  test('takes up where it broke off, and says so when it no longer can', async () => {
    const first = await follow(ana);
    const before = first.told[0]?.id ?? '';
    first.leave();
    const id = await make(ana, 'Meanwhile');
    await hears((await follow(ana, before)).told, id);
    for (const unknown of ['elsewhere.12', 'nonsense']) {
      const { told } = await follow(ana, unknown);
      expect(told.map(({ event }) => event)).toEqual(['ready', 'missed']);
    }
  });

  test('tells of a bulk write of many records at once', async () => {
    const { told } = await follow(ana);
    const { body } = await ana.program(
      'POST',
      '/accounts',
      Array.from({ length: 400 }, (_, index) => ({ name: `Many ${index}` })),
    );
    await expect.poll(() => changes(told)).toHaveLength(400);
    expect(new Set(changes(told).map(({ id }) => id))).toEqual(new Set(body.items.map(({ id }) => id)));
  });
});
