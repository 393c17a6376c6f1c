import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entity } from '../../src/model/entity.ts';
import { probes } from '../access/probes.ts';
import { exampleInput, newWord } from '../access/stage.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { until } from '../harness/until.ts';
import { hostileBody, type Schema } from './hostile-body.ts';
import { fill, type Neighbour, openNeighbour } from './neighbour.ts';
import { knocking, type Route, routesOf } from './routes.ts';

/** One installation: `main`, whose administrator tries everything, and `other`, which he must not reach. */
let doors: TestDoors;
let other: Neighbour;
let own: ReadonlyMap<string, string>;
/** Every id that stands anywhere in `other`, by table and column, and one of each. */
let foreign: ReadonlyMap<string, readonly string[]>;
let foreignIds: ReadonlySet<string>;
/** Made-up words up to this number stand in `other` alone. */
let lastForeignWord: number;
let routes: readonly Route[];
let document: Readonly<{
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}>;

beforeAll(async () => {
  doors = await testDoors({ more: probes, works: true });
  other = await openNeighbour(doors, 'other');
  lastForeignWord = Number(/\d+/.exec(newWord())?.[0]);
  own = await fill(doors.db, doors.workspace);
  await allDone(other.admin);
  foreign = await other.ids();
  const mine = new Set(own.values());
  foreignIds = new Set([...foreign.values()].flat().filter((id) => !mine.has(id)));
  routes = routesOf(doors.app);
  document = (await doors.admin.program('GET', '/openapi.json')).body as unknown as typeof document;
});
afterAll(() => doors.close());

const entities = (): readonly Entity[] => [...doors.workspace.declaredInCode.entities.values()];

/** Waits until no work goes on beside requests. */
const allDone = (by: Caller) =>
  until(
    async () => (await by.program('GET', '/bulk-runs')).body.items,
    (runs) => !runs.some(({ isBusy }) => isBusy),
  );

/** What of `other` an answer holds although nobody sent it: made-up words and ids. */
function leaksIn({ text }: Answer, sent: string): readonly string[] {
  const words = [...text.matchAll(/zq(\d+)x/g)].filter(([, number]) => Number(number) <= lastForeignWord);
  const ids = [...text.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)];
  const named = /only.here|Company of other|boss@other/i.exec(text);
  return [...words, ...ids.filter(([id]) => foreignIds.has(id)), ...(named ? [named] : [])]
    .map(([found]) => found)
    .filter((found) => !sent.includes(found));
}

/** An address with ids of `other` in the place of its parameters: all there are of the kind it asks for, else one of each kind. */
function addressesOf({ path }: Route): readonly { readonly path: string; readonly entity: Entity | null }[] {
  const below = path.replace('/api/v1', '');
  const named = below.includes('/:plural')
    ? entities().map((entity) => ({ path: below.replace(':plural', entity.plural), entity }))
    : [{ path: below, entity: entities().find(({ plural }) => below.startsWith(`/${plural}/`)) ?? null }];
  const some = [...foreign.values()].map(([first = '']) => first);
  return named.flatMap(({ path: address, entity }) => {
    const filled = address
      .replace(':verb', 'convert')
      .replace(':field', entity?.title ?? 'name')
      .replace(':event', foreign.get('event.id')?.[0] ?? '')
      .replace(':name', 'x');
    if (!/:\w+/.test(filled)) return [{ path: filled, entity }];
    const ids = entity ? [other.records.get(entity.name) ?? ''] : some;
    return ids.map((id) => ({ path: filled.replace(/:\w+/, id), entity }));
  });
}

/** What may be sent to an address: nothing, and all that the document says it takes, ids of `other` wherever one may stand. */
function bodiesOf(method: string, route: Route, entity: Entity | null): readonly unknown[] {
  if (method === 'GET') return [undefined];
  const template = Object.keys(document.paths).find((path) => {
    const shape = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return shape.test(
      route.path
        .replace('/api/v1', '')
        .replace(':plural', entity?.plural ?? '-')
        .replaceAll(/:\w+/g, 'x'),
    );
  });
  const schema =
    template &&
    document.paths[template]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
  const idOf = (member: string): string =>
    other.records.get(String(entity?.fields[member]?.options.to)) ??
    (entity && other.records.get(entity.name)) ??
    [...foreignIds][0] ??
    '';
  const ids = entity ? [other.records.get(entity.name)] : [...foreignIds].slice(0, 1);
  return [
    {},
    ...(schema ? [hostileBody(schema, document.components.schemas, idOf)] : []),
    ...(route.path.endsWith('/bulk')
      ? [
          { verb: 'remove', ids },
          { verb: 'restore', ids },
        ]
      : []),
    ...(route.path.endsWith(':plural/restore') || method === 'DELETE' ? [{ ids }] : []),
    ...(method === 'PATCH' ? [{ version: 1 }, [{ id: ids[0], version: 1 }]] : []),
  ];
}

/** Addresses that never end, or would end the session that knocks. */
const elsewhere = /\/(events|sign-out-everywhere|password)$/;

const atProgramDoor = (): readonly Route[] =>
  routes.filter(({ path }) => path.startsWith('/api/v1/') && !elsewhere.test(path));

describe('the doors that are tried', () => {
  test('are all that the router knows, the same for programs and browsers', () => {
    expect(routes.length).toBeGreaterThan(100);
    const below = (prefix: string): readonly string[] =>
      routes.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
    const program = below('/api/v1/');
    expect(below('/w/:workspace/api/v1/').toSorted()).toEqual([...program, 'session', 'setup'].toSorted());
    const rest = routes.map(({ path }) => path).filter((path) => !path.includes('/api/v1/'));
    // None of these answers anything of a workspace but the page, and whether there is one.
    expect(rest.toSorted()).toEqual(
      [
        '/',
        '/*',
        '/api/docs',
        '/api/docs/reference.css',
        '/api/docs/reference.mjs',
        '/healthz',
        '/readyz',
        '/w/:workspace',
        '/w/:workspace/api/docs',
        '/w/:workspace*',
      ].toSorted(),
    );
  });

  test('lead to what each workspace holds for its own people', async () => {
    for (const [by, records] of [
      [doors.admin, own],
      [other.admin, other.records],
    ] as const)
      for (const entity of entities()) {
        const answer = await by.program('GET', `/${entity.plural}/${records.get(entity.name)}`);
        expect(answer.status, `${entity.plural}: ${answer.text}`).toBe(200);
      }
    const leaks = leaksIn(await other.admin.program('GET', '/accounts'), '');
    expect(leaks.length).toBeGreaterThan(1);
    expect((await other.admin.program('GET', '/imports')).text).toContain('only-here.csv');
  });
});

describe('with all rights in his own workspace, somebody', () => {
  test.each(['program', 'browser'] as const)(
    'reads and changes nothing of another by its ids, at any door for a %s',
    async (door) => {
      const before = await fingerprint(doors.db, other.workspace.schema);
      let knocks = 0;
      let recognised = 0;
      for (const route of atProgramDoor())
        for (const method of knocking.filter((each) => route.methods.includes(each)))
          for (const { path, entity } of addressesOf(route))
            for (const body of bodiesOf(method, route, entity)) {
              const answer = await doors.admin[door](method, path, body);
              const what = `${method} ${path} ${JSON.stringify(body)} → ${answer.status}`;
              expect(answer.status, `${what} ${answer.text}`).toBeLessThan(500);
              expect(leaksIn(answer, what), what).toEqual([]);
              knocks += 1;
              if (![401, 405, 429].includes(answer.status)) recognised += 1;
            }
      await allDone(doors.admin);
      expect(knocks).toBeGreaterThan(2_000);
      expect(recognised).toBeGreaterThan(1_000);
      expect(await fingerprint(doors.db, other.workspace.schema)).toEqual(before);
    },
    900_000,
  );

  test('finds nothing of another by search, filter, sum, export or look-alikes', async () => {
    for (const entity of entities()) {
      const answer = await doors.admin.program('GET', `/${entity.plural}/export?format=csv`);
      expect(leaksIn(answer, ''), entity.name).toEqual([]);
    }
    const words = (await other.admin.program('GET', '/accounts')).text.match(/zq\d+x/g) ?? [];
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) {
      expect((await doors.admin.program('GET', `/search?q=${word}`)).body).toMatchObject({ groups: [] });
      const where = new URLSearchParams({ where: `name contains "${word}"` });
      expect((await doors.admin.program('GET', `/accounts?${where}`)).body.total).toBe(0);
      const exported = await doors.admin.program('GET', `/accounts/export?format=jsonl&${where}`);
      expect(exported).toMatchObject({ status: 200, text: '' });
    }
  });

  test('can point no reference of any record at a record of another', async () => {
    const before = await fingerprint(doors.db, other.workspace.schema);
    let tried = 0;
    for (const entity of entities())
      for (const field of Object.values(entity.fields)) {
        const to = field.options.to;
        if (to === undefined || field.readOnly || field.system) continue;
        for (const target of Array.isArray(to) ? to.map(String) : [String(to)]) {
          const id = other.records.get(target);
          const one = Array.isArray(to) ? { entity: target, id } : id;
          const input = await exampleInput(entity, async (name) => own.get(name) ?? '');
          const value = field.type === 'references' ? [one] : one;
          const answer = await doors.admin.program('POST', `/${entity.plural}`, {
            ...input,
            [field.name]: value,
          });
          const what = `${entity.name}.${field.name}: ${answer.status} ${answer.text}`;
          expect([403, 422], what).toContain(answer.status);
          if (answer.status === 422)
            expect(
              answer.body.mistakes.map((mistake) => mistake.field.split(/[.[]/)[0]),
              what,
            ).toContain(field.name);
          tried += 1;
        }
      }
    expect(tried).toBeGreaterThan(20);
    expect(await fingerprint(doors.db, other.workspace.schema)).toEqual(before);
  });

  test('has no id of another anywhere in his tables after all this', async () => {
    const { rows } = { rows: await held() };
    expect(rows).toEqual([]);
  });

  /** Places in `main` that hold an id of `other`; what was asked for and not found may be kept with the asking. */
  async function held(): Promise<readonly string[]> {
    const asked = new Set(['bulk_row.record']);
    const { idsIn } = await import('./neighbour.ts');
    const mine = await idsIn(doors.db, doors.workspace);
    return [...mine].flatMap(([place, ids]) =>
      asked.has(place) ? [] : ids.filter((id) => foreignIds.has(id)).map((id) => `${place} ${id}`),
    );
  }
});

describe('the credentials of one workspace', () => {
  const strangers = (): readonly (readonly [
    who: string,
    base: string,
    headers: Record<string, string>,
  ])[] => {
    const token = doors.admin.cookie.split('=')[1] ?? '';
    const secret = doors.admin.key.slice('rpt_main_'.length);
    const page = { 'sec-fetch-site': 'same-origin' };
    return [
      ['his cookie at the other’s door', '/w/other/api/v1', { ...page, cookie: doors.admin.cookie }],
      ['his token under the other’s name', '/w/other/api/v1', { ...page, cookie: `rapport_other=${token}` }],
      [
        'his key at the other’s door',
        '/w/other/api/v1',
        { ...page, authorization: `Bearer ${doors.admin.key}` },
      ],
      ['his secret in a key of the other', '/api/v1', { authorization: `Bearer rpt_other_${secret}` }],
      [
        'the other’s token at his own door',
        '/w/main/api/v1',
        { ...page, cookie: other.admin.cookie.replace('rapport_other', 'rapport_main') },
      ],
    ];
  };

  test('open no door of another', async () => {
    const before = await fingerprint(doors.db, other.workspace.schema);
    let from = 0;
    for (const [who, base, headers] of strangers())
      for (const route of routes.filter(({ path }) => path.startsWith('/api/v1/')))
        for (const { path } of addressesOf(route).slice(0, 3)) {
          const method = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find(
            (each) => route.methods[0] === each,
          );
          // Each from another address, or the door would take so many guesses for an attack.
          from += 1;
          const forwarded = `10.1.${(from >> 8) & 255}.${from & 255}`;
          const body = method === 'GET' || method === 'DELETE' ? undefined : {};
          const answer = await doors.call(method ?? 'GET', base + path, body, {
            ...headers,
            'x-forwarded-for': forwarded,
          });
          expect(answer.status, `${who}: ${method} ${path} ${answer.text}`).toBe(401);
        }
    expect(await fingerprint(doors.db, other.workspace.schema)).toEqual(before);
  });

  test('sign nobody out of another, and in nowhere else', async () => {
    const token = doors.admin.cookie.split('=')[1] ?? '';
    const own = { 'sec-fetch-site': 'same-origin' };
    await doors.call('DELETE', '/w/other/api/v1/session', undefined, {
      ...own,
      cookie: `rapport_other=${token}`,
    });
    expect((await doors.admin.browser('GET', '/me')).status).toBe(200);
    expect((await other.admin.browser('GET', '/me')).status).toBe(200);
    const given = { email: other.admin.email, password: 'four words make one' };
    expect((await doors.call('POST', '/w/main/api/v1/session', given, own)).status).toBe(401);
    expect((await doors.call('POST', '/w/other/api/v1/session', given, own)).status).toBe(200);
  });
});

test('the same Idempotency-Key in two workspaces is two requests', async () => {
  const key = { 'idempotency-key': `k${newWord()}` };
  const asked = { name: 'Sent twice' };
  const [first, second] = [
    await doors.admin.program('POST', '/accounts', asked, key),
    await other.admin.program('POST', '/accounts', asked, key),
  ];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers['idempotency-replayed']).toBeUndefined();
  expect(first.body.id).not.toBe(second.body.id);
});
