import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { declarableTypes, declareAll, samples } from '../declare/every-type.fixture.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';

/** What is planted in a hidden field of each type, and what of it must be found nowhere. */
const planted = (target: string): Readonly<Record<string, readonly [unknown, readonly string[]]>> => ({
  text: ['canaryline', ['canaryline']],
  'long-text': ['A canarystory\nof two lines', ['canarystory']],
  number: [4391, ['4391']],
  decimal: ['7391.125', ['7391.125']],
  money: [{ amount: '84391.50', currency: 'GBP' }, ['84391']],
  percent: ['73.91', ['73.91']],
  date: ['2091-03-04', ['2091-03-04']],
  'date-time': ['2092-05-06T07:08:09.000Z', ['2092-05-06']],
  reference: [target, [target, 'canarytarget']],
  'any-reference': [{ entity: 'account', id: target }, [target]],
  references: [[target], [target]],
  email: ['canarymail@example.org', ['canarymail']],
  phone: ['+33 1 42 68 53 91', ['42 68 53 91', '33142685391']],
  url: ['https://canarysite.example/', ['canarysite']],
  address: [{ street: '1 canarystreet', city: 'Canarytown', country: 'FR' }, ['canarystreet', 'anarytown']],
  'person-name': [{ first: 'Canaryfirst', last: 'Canarylast' }, ['anaryfirst', 'anarylast']],
});

/** Types of which a value is one of few that everybody knows: only that the field is there can be told. */
const known = ['checkbox', 'choice', 'multi-choice', 'base-value'];

let doors: TestDoors;
let sales: Caller;
let lead: string;
let batch: string;
let names: readonly string[];
let needles: readonly string[];
const heard: { readonly asked: string; readonly answer: Answer }[] = [];

const must = (answer: Answer): Answer => {
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
};

beforeAll(async () => {
  doors = await testDoors();
  const { admin } = doors;
  sales = await doors.user('Sal');
  const target = must(await admin.program('POST', '/accounts', { name: 'canarytarget' })).body.id;
  await declareAll(admin, 'lead', target);
  const canaries = planted(target);
  names = Object.keys(samples(target));
  needles = Object.values(canaries).flatMap(([, those]) => those);
  const values = Object.fromEntries(
    Object.entries(samples(target)).map(([name, { type, sent }]) => [name, canaries[type]?.[0] ?? sent]),
  );
  const made = await admin.program('POST', '/leads', {
    name: { first: 'Open', last: 'Lead' },
    company: 'Open Ltd',
    owner: sales.id,
    ...values,
    xLine: 'canaryline before',
  });
  lead = must(made).body.id;
  const changed = await admin.program('PATCH', `/leads/${lead}`, { version: 1, xLine: 'canaryline' });
  must(changed);
  const history = must(await admin.program('GET', `/leads/${lead}/history`));
  batch = String((history.body.items[0] as unknown as { batch: string }).batch);
  const role = (await admin.program('GET', '/roles')).body.items.find(({ code }) => code === 'sales')?.id;
  const hidden = names.map((field) => ({ role, entity: 'lead', field, read: false, write: false }));
  must(await admin.program('POST', '/field-rights', hidden));
});
afterAll(() => doors.close());

const query = (given: Record<string, string>): string => `?${new URLSearchParams(given).toString()}`;
const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> => {
  const answer = await sales.program(method, path, body);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(500);
  heard.push({ asked: `${method} ${path} ${JSON.stringify(body ?? null)}`, answer });
  return answer;
};

/** The texts inside a workbook: its parts, unpacked by the directory at its end. */
function unzipped(file: Buffer): string {
  const texts: string[] = [];
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const packed = file.readUInt32LE(at + 20);
    const start = file.readUInt32LE(at + 42);
    const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const bytes = file.subarray(from, from + packed);
    texts.push((file.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString());
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}

test('a value is planted in a field of every type that can hold one', async () => {
  expect([...Object.keys(planted('')), ...known].sort()).toEqual([...declarableTypes].sort());
  const { text } = await doors.admin.program('GET', `/leads/${lead}`);
  for (const needle of needles) expect(text).toContain(needle);
});

test('a field hidden by a stored right is to those of the role as if it were not declared', async () => {
  const at = new Date().toISOString();
  const places = (field: string): readonly string[] => [
    `/leads${query({ fields: field })}`,
    `/leads${query({ sort: field })}`,
    `/leads${query({ where: `${field} is empty` })}`,
    `/leads/${lead}${query({ fields: field, at })}`,
    `/leads/${lead}/access/${field}`,
    `/leads/totals${query({ by: field })}`,
    `/leads/totals${query({ sums: field })}`,
    ...['csv', 'jsonl', 'xlsx'].map((format) => `/leads/export${query({ format, fields: field })}`),
  ];
  const told = async (field: string): Promise<readonly string[]> => {
    const all: string[] = [];
    for (const place of places(field)) {
      const answer = await sales.program('GET', place);
      expect([400, 404, 422], `${place}: ${answer.text}`).toContain(answer.status);
      // What it is likened to differs with the name; that nothing of that name is known doesn't.
      const mistakes = (answer.body.mistakes ?? []).map((each) => [
        each.field.replace(field, '…'),
        each.code.split('-', 2).join('-'),
      ]);
      all.push(JSON.stringify([answer.status, answer.body.code, mistakes]));
    }
    return all;
  };
  const unknown = await told('xQwertzuiop');
  const judged = async (field: string): Promise<string> =>
    (await sales.program('POST', '/leads/judge', { id: lead, values: { [field]: 'x' } })).text;
  const unjudged = await judged('xQwertzuiop');
  for (const name of names) {
    expect(await judged(name), `judge ${name}`).toBe(unjudged);
    for (const [index, said] of (await told(name)).entries())
      expect(said, places(name)[index]).toBe(unknown[index]);
    for (const answer of [
      await sales.program('PATCH', `/leads/${lead}`, { version: 2, [name]: null }),
      await sales.program('POST', '/leads/duplicates', { [name]: 'x' }),
    ])
      expect(answer, answer.text).toMatchObject({
        status: 422,
        body: { mistakes: [{ code: expect.stringMatching(/^unknown-field/) as string }] },
      });
  }
});

test('its value and its name are in no answer of any door', async () => {
  const at = new Date().toISOString();
  for (const path of [
    '/describe',
    '/openapi.json',
    '/leads/describe',
    '/leads',
    '/leads?sort=-createdAt',
    '/leads/totals',
    `/leads/${lead}`,
    `/leads/${lead}${query({ at })}`,
    `/leads/${lead}/history`,
    `/leads/${lead}/access`,
    `/leads/${lead}/access/company`,
    `/leads/${lead}/convert`,
    `/batches/${batch}`,
    `/leads/export?format=csv`,
    `/leads/export?format=csv&header=labels`,
    `/leads/export?format=jsonl`,
    '/custom-fields',
    '/field-rights',
  ])
    await ask('GET', path);
  for (const word of needles) {
    const found = await sales.program('GET', `/search${query({ q: word })}`);
    expect(found.text, `searched ${word}`).not.toContain(lead);
  }
  const workbook = await doors.app.inject({
    method: 'GET',
    url: '/api/v1/leads/export?format=xlsx',
    headers: { authorization: `Bearer ${sales.key}` },
  });
  expect(workbook.statusCode).toBe(200);
  const inside = unzipped(workbook.rawPayload);
  expect(inside).toContain('Open Ltd');
  heard.push({
    asked: 'xlsx',
    answer: { status: 200, body: {} as Answer['body'], text: inside, headers: {} },
  });
  await ask('POST', '/leads/expression/complete', { text: 'x' });
  await ask('POST', '/leads/expression/complete', { text: '' });
  await ask('POST', '/leads/expression/check', { text: 'xLin = "a"' });
  await ask('POST', '/leads/duplicates', { company: 'Open Ltd' });
  await ask('POST', '/leads/judge', { id: lead, values: { company: 'Open' } });
  await ask('POST', '/validation-rules/check', { entity: 'lead', wrongWhen: 'xWhole > 4000' });
  await ask('POST', '/saved-views', { entity: 'lead', name: 'Mine', where: 'xWhole > 4000' });
  await ask('GET', '/saved-views');
  await ask('PATCH', `/leads/${lead}`, { version: 99, company: 'x' });
  const event = (await doors.admin.program('GET', `/leads/${lead}/history`)).body.items[0]?.id;
  await ask('POST', `/leads/${lead}/history/${event}/undo`, {});
  const conflict = await ask('PATCH', `/leads/${lead}`, { version: 2, company: 'Other Ltd' });
  expect(conflict.status, conflict.text).toBe(200);
  await ask('POST', `/leads/${lead}/convert`, {});

  const mentions = names.filter((name) => name !== 'xLine' && name !== 'xWhole');
  for (const { asked, answer } of heard) {
    const said = answer.text + JSON.stringify(answer.headers);
    for (const needle of needles)
      expect(said.includes(needle), `${asked} told ${needle}: ${said.slice(0, 400)}`).toBe(false);
    for (const name of mentions) expect(said.includes(name), `${asked} told of ${name}`).toBe(false);
  }
});

test('the live stream tells that a record changed, and nothing of its fields', async () => {
  const origin = await doors.app.listen({ host: '127.0.0.1', port: 0 });
  const abort = new AbortController();
  const stream = await fetch(`${origin}/w/main/api/v1/events`, {
    headers: { cookie: sales.cookie, 'sec-fetch-site': 'same-origin' },
    signal: abort.signal,
  });
  const told: string[] = [];
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  const until = async (word: string): Promise<void> => {
    while (!told.join('').includes(word)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended before ${word}: ${told.join('')}`);
      told.push(Buffer.from(value).toString());
    }
  };
  await until('event: ready');
  const { version } = (await doors.admin.program('GET', `/leads/${lead}`)).body;
  must(await doors.admin.program('PATCH', `/leads/${lead}`, { version, xStory: 'canarystory again' }));
  await until('event: changed');
  abort.abort();
  const said = told.join('');
  expect(said).toContain(lead);
  for (const hidden of [...needles, ...names]) expect(said).not.toContain(hidden);
  doors.app.server.closeAllConnections();
});
