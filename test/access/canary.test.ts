import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ctx, systemWho } from '../../src/engine/ctx.ts';
import { workOnScan } from '../../src/engine/duplicates/scan.ts';
import { askScan } from '../../src/engine/duplicates/scans.ts';
import { email } from '../../src/fields/email/email.ts';
import { money } from '../../src/fields/money/money.ts';
import { number } from '../../src/fields/number/number.ts';
import { reference } from '../../src/fields/reference/reference.ts';
import { text } from '../../src/fields/text/text.ts';
import { labels } from '../../src/lib/locale.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { entity } from '../../src/model/entity.ts';
import { type Answer, type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { uploadForm } from '../harness/upload-form.ts';

const same = (said: string) => labels(said, said, said);

/** An entity that salespeople read and change, with secrets in it: in a title’s neighbour, a unique field, a sum. */
const dossier = entity({
  name: 'dossier',
  plural: 'dossiers',
  label: { one: same('Dossier'), many: same('Dossiers') },
  title: 'name',
  fields: {
    name: text({ label: same('Name'), required: true }),
    secretNote: text({ label: same('Secret note'), adminOnly: true, unique: true }),
    secretMail: email({ label: same('Secret mail'), adminOnly: true }),
    secretPrice: money({ label: same('Secret price'), adminOnly: true }),
    secretScore: number({ label: same('Secret score'), adminOnly: true, default: 731_731 }),
    secretUser: reference({ label: same('Secret user'), to: 'user', adminOnly: true }),
    about: reference({ label: same('About'), to: 'dossier' }),
  },
  sorts: ['name', 'secretNote'],
  list: { columns: ['name', 'secretNote', 'about'], sort: 'name', filters: ['name', 'secretMail'] },
  form: [
    { label: same('Dossier'), fields: ['name', 'about'] },
    { label: same('Hidden part'), fields: ['secretNote', 'secretMail'] },
  ],
  related: [{ entity: 'dossier', via: 'about', columns: ['name', 'secretNote'] }],
  search: ['name', 'secretNote', 'secretMail'],
  duplicates: {
    criteria: [
      { name: 'name', anyOf: ['name'], weight: 60 },
      { name: 'note', anyOf: ['secretNote'], weight: 60 },
      { name: 'mail', anyOf: ['secretMail'], weight: 60 },
    ],
  },
  importable: true,
  access: {
    sales: {
      create: 'all',
      read: 'all',
      update: 'all',
      remove: 'all',
      massChange: 'all',
      import: 'all',
      export: 'all',
    },
  },
});

/** Values that no answer to a salesperson may hold, and the names of the fields that hold them. */
const canaries = ['canarynote', 'canarymail', 'canaryboss', '424242', '731731', 'canaryformer'];
const names = [
  'secretNote',
  'secretMail',
  'secretPrice',
  'secretScore',
  'secretUser',
  'Secret ',
  'Hidden part',
];

let doors: TestDoors;
let sales: Caller;
let boss: Caller;
let id: string;
let other: string;
const heard: { readonly asked: string; readonly answer: Answer }[] = [];

beforeAll(async () => {
  doors = await testDoors({ more: [dossier], works: true });
  sales = await doors.user('Sal');
  boss = await doors.user('Canaryboss', ['administrator']);
  const hidden = {
    secretNote: 'canaryformer',
    secretMail: 'canarymail@example.org',
    secretPrice: { amount: '424242.42', currency: 'EUR' },
    secretUser: boss.id,
  };
  const { body } = await doors.admin.program('POST', '/dossiers', [
    { name: 'Open', ...hidden },
    { name: 'Second' },
  ]);
  [id = '', other = ''] = body.items.map((item) => item.id);
  await doors.admin.program('PATCH', `/dossiers/${id}`, { version: 1, secretNote: 'canarynote' });
  await doors.admin.program('PATCH', `/dossiers/${other}`, { version: 1, about: id });
});
afterAll(() => doors.close());

const systemOf = ({ workspace, db }: TestDoors): Ctx => ({
  who: systemWho,
  workspace,
  locale: 'en',
  timeZone: 'UTC',
  now: new Date(),
  db,
  door: 'system',
  batch: null,
});

/** Asks as the salesperson and keeps the answer for the last look. */
const ask = async (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> => {
  const answer = await sales.program(method, path, body);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(500);
  heard.push({ asked: `${method} ${path} ${JSON.stringify(body)}`, answer });
  return answer;
};
/** Does something to many records in every way, and looks at all that is told of it. */
async function askMany(): Promise<void> {
  const order = (more: object) => ask('POST', '/dossiers/bulk', { verb: 'update', ...more });
  for (const refused of [
    { where: 'secretNote is not empty', values: { name: 'x' } },
    { where: '', sort: 'secretScore', values: { name: 'x' } },
    { where: '', values: { secretScore: 1 } },
    { where: '', values: { secretNot: 'x' } },
  ])
    expect([400, 422]).toContain((await order(refused)).status);
  const [first, second] = [
    await order({ where: '', values: { about: id } }),
    await order({ ids: [id, doors.admin.id], values: { about: other }, dryRun: true }),
  ];
  for (const begun of [first, second]) {
    expect(begun.status, begun.text).toBe(202);
    const run = `/bulk-runs/${begun.body.id}`;
    await expect.poll(async () => (await ask('GET', run)).body['isBusy']).toBe(false);
    await ask('GET', `${run}/records`);
    await ask('GET', `${run}/refused.csv`);
  }
  await ask('POST', `/bulk-runs/${first.body.id}/undo`);
  await expect.poll(async () => (await ask('GET', `/bulk-runs/${first.body.id}`)).body['isBusy']).toBe(false);
  await ask('GET', '/bulk-runs');
  const theirs = await doors.admin.program('POST', '/dossiers/bulk', {
    verb: 'update',
    where: '',
    values: { secretScore: 731_731 },
  });
  for (const path of ['', '/records', '/refused.csv'])
    expect((await ask('GET', `/bulk-runs/${theirs.body.id}${path}`)).status).toBe(404);
}

const query = (given: Record<string, string>): string => `?${new URLSearchParams(given).toString()}`;

describe('what only administrators may see', () => {
  test('is there, and administrators see it', async () => {
    const { text: record } = await doors.admin.program('GET', `/dossiers/${id}`);
    for (const canary of ['canarynote', 'canarymail', 'Canaryboss', '424242.42', '731731'])
      expect(record).toContain(canary);
    expect((await doors.admin.program('GET', `/users/${boss.id}`)).text).toContain('canaryboss@example.org');
    expect((await doors.admin.program('GET', `/dossiers/${id}/history`)).text).toContain('canaryformer');
  });

  test('is to others as if it were not declared: in fields, filters, sorts, groups and sums', async () => {
    const places = (field: string): readonly string[] => [
      `/dossiers${query({ fields: field })}`,
      `/dossiers/${id}${query({ fields: field })}`,
      `/dossiers/${id}${query({ fields: field, at: new Date().toISOString() })}`,
      `/dossiers${query({ sort: field })}`,
      `/dossiers${query({ sort: `-${field}` })}`,
      `/dossiers${query({ where: `${field} is empty` })}`,
      `/dossiers${query({ where: `name = "Open" or ${field} is not empty` })}`,
      `/dossiers/totals${query({ by: field })}`,
      `/dossiers/totals${query({ sums: field })}`,
      `/dossiers/totals${query({ where: `${field} is empty` })}`,
      `/dossiers${query({ fields: `about.${field}` })}`,
      `/dossiers${query({ sort: `about.${field}` })}`,
      `/dossiers${query({ where: `about.${field} is empty` })}`,
      ...[
        { fields: field },
        { fields: `about.${field}` },
        { sort: field },
        { where: `${field} is empty` },
      ].map((given) => `/dossiers/export${query({ format: 'csv', ...given })}`),
    ];
    const refusals = async (field: string): Promise<readonly string[]> => {
      const told: string[] = [];
      for (const place of places(field)) {
        const answer = await sales.program('GET', place);
        expect([400, 422], `${place}: ${answer.text}`).toContain(answer.status);
        told.push(answer.text.replaceAll(field, '…').replaceAll(/"(from|to|position|length)":\d+/g, ''));
      }
      return told;
    };
    const unknown = await refusals('qwertzuiop');
    for (const field of ['secretNote', 'secretMail', 'secretScore', 'secretUser', 'secretPrice']) {
      const told = await refusals(field);
      for (const [index, place] of places(field).entries()) expect(told[index], place).toBe(unknown[index]);
    }
    for (const field of ['email', 'roles']) {
      for (const given of [{ fields: field }, { sort: field }, { where: `${field} is empty` }]) {
        expect([400, 422]).toContain((await sales.program('GET', `/users${query(given)}`)).status);
      }
      const path = `owner.${field}`;
      for (const given of [{ fields: path }, { sort: path }, { where: `${path} is empty` }])
        expect([400, 422]).toContain((await sales.program('GET', `/accounts${query(given)}`)).status);
    }
  });

  test('can’t be written by others, nor found out by trying', async () => {
    for (const field of ['secretNote', 'secretMail', 'secretScore']) {
      const guess = field === 'secretScore' ? 1 : 'guess@example.org';
      for (const answer of [
        await sales.program('POST', '/dossiers', { name: 'Mine', [field]: guess }),
        await sales.program('PATCH', `/dossiers/${id}`, { version: 2, [field]: guess }),
      ]) {
        expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field, code: 'unknown-field' }] } });
      }
    }
    const found = async (word: string) => (await sales.program('GET', `/search?q=${word}`)).body.groups;
    expect(await found('Open')).toHaveLength(1);
    for (const word of ['canarynote', 'canarymail', 'canary', 'example']) {
      const groups = JSON.stringify(await found(word));
      expect(groups, word).not.toContain(id);
    }
  });

  test('is in no answer that a salesperson gets', async () => {
    for (const path of ['/dossiers', '/users', '/roles', '/teams', '/accounts']) {
      await ask('GET', path);
      await ask('GET', `${path}/describe`);
      await ask('GET', `${path}/totals`);
      await ask('GET', `${path}?removed=1`);
    }
    for (const format of ['csv', 'jsonl'])
      for (const header of ['names', 'labels'])
        for (const path of ['/dossiers', '/accounts'])
          expect((await ask('GET', `${path}/export${query({ format, header })}`)).status).toBe(200);
    await ask(
      'GET',
      `/dossiers/export${query({ format: 'jsonl', fields: 'name,about,about.name,owner.name' })}`,
    );
    await ask('GET', '/users/export?format=csv');
    await ask('GET', '/describe');
    await ask('GET', '/openapi.json');
    await ask('GET', '/me');
    await ask('GET', '/search/rebuild');
    await ask('POST', '/search/rebuild');
    await ask('GET', `/dossiers/${id}`);
    await ask('GET', `/dossiers/${id}/history`);
    await ask('GET', `/dossiers/${id}${query({ at: new Date().toISOString(), removed: '1' })}`);
    await ask('GET', `/dossiers/${id}${query({ at: new Date().toISOString(), fields: 'secretNote' })}`);
    await ask('GET', `/users/${boss.id}${query({ at: new Date().toISOString() })}`);
    await ask('GET', `/dossiers${query({ fields: 'name,about,about.name,owner.name' })}`);
    await ask('GET', `/dossiers/totals${query({ by: 'about' })}`);
    await ask('GET', `/dossiers/totals${query({ by: 'about.name' })}`);
    await ask('GET', `/users/${boss.id}`);
    await ask('GET', `/users/${boss.id}/history`);
    await ask('GET', `/users/${doors.admin.id}/history`);
    for (const word of ['open', 'opne', 'sec', 'note', 'canaryntoe', 'canarymial'])
      await ask('GET', `/search?q=${word}`);
    // Refusals of every kind: a stale version with the record as it is, a bad value, a bad filter, a near name.
    const stale = await ask('PATCH', `/dossiers/${id}`, { version: 1, name: 'Changed' });
    expect(stale.status).toBe(200);
    await doors.admin.program('PATCH', `/dossiers/${id}`, { version: 3, name: 'Open', secretScore: 731_731 });
    const conflict = await ask('PATCH', `/dossiers/${id}`, { version: 3, name: 'Mine' });
    expect(conflict).toMatchObject({ status: 409, body: { current: { name: 'Open' } } });
    await ask('PATCH', `/dossiers/${id}`, { version: 99, name: 'Mine' });
    await ask('POST', '/dossiers', { name: '', about: 'x', secretNot: 'x' });
    await ask('GET', `/dossiers${query({ where: 'secretNot = 1' })}`);
    await ask('GET', `/dossiers${query({ where: 'se' })}`);
    await ask('GET', `/dossiers${query({ sort: 'secretScor' })}`);
    await ask('GET', `/dossiers${query({ fields: 'secretMai' })}`);
    await ask('POST', '/users', { name: 'x', email: 'x@example.org' });
    await ask('PATCH', `/users/${boss.id}`, { version: 1, name: 'x' });
    await ask('DELETE', `/dossiers/${id}`);
    await ask('POST', `/dossiers/${id}/restore`);
    await ask('POST', '/dossiers', { name: 'Made by Sal' });
    // A record with secrets can’t go into one without, nor be asked for them; it may stay.
    for (const more of [
      { preview: true },
      {},
      { take: { secretNote: id } },
      { values: { secretScore: 1 } },
    ]) {
      const refused = await sales.program('POST', `/dossiers/${other}/merge`, { with: [id], ...more });
      expect(refused.status, refused.text).toBe(422);
      if (!refused.text.includes('secret')) heard.push({ asked: 'POST merge', answer: refused });
    }
    const goes = (await ask('POST', '/dossiers', { name: 'Goes' })).body.id;
    await ask('POST', `/dossiers/${id}/merge`, { with: [goes], preview: true });
    const merged = await ask('POST', `/dossiers/${id}/merge`, { with: [goes] });
    expect(merged.status, merged.text).toBe(200);
    for (const path of [`/dossiers/${goes}`, `/dossiers/${goes}?removed=1`, `/dossiers/${goes}/history`])
      expect((await ask('GET', path)).status).toBe(200);
    await ask('GET', `/dossiers/${id}/history`);
    await ask('PATCH', `/dossiers/${goes}`, { version: 1, name: 'X' });
    await ask('POST', `/dossiers/${goes}/restore`);
    await ask('GET', `/batches/${String(merged.body['batch'])}`);
    await ask('POST', `/batches/${String(merged.body['batch'])}/undo`);
    await ask('DELETE', `/dossiers/${goes}`);
    await ask('GET', '/keys');
    const alike = await ask('POST', '/dossiers/duplicates', { name: 'Open' });
    expect(alike.body.items).toHaveLength(1);
    for (const [field, guess] of Object.entries({
      secretNote: 'canarynote',
      secretMail: 'canarymail@example.org',
    })) {
      const guessed = await sales.program('POST', '/dossiers/duplicates', { [field]: guess });
      expect(guessed).toMatchObject({ status: 422, body: { mistakes: [{ field, code: 'unknown-field' }] } });
    }
    // Two that are the same by what is hidden alone: a pair to administrators, none to others.
    await doors.admin.program('POST', '/dossiers', { name: 'Twin', secretMail: 'canarymail@example.org' });
    const system = systemOf(doors);
    await askScan(system, entityOf(doors.workspace.model, 'dossier'));
    await workOnScan(system, 'dossier', (error) => {
      throw error;
    });
    const all = await doors.admin.program('GET', '/dossiers/duplicates');
    expect(all.body.items, all.text).toHaveLength(1);
    expect((await ask('GET', '/dossiers/duplicates')).body).toMatchObject({ items: [], next: null });
    expect((await ask('GET', '/dossiers/duplicates?limit=1')).body).toMatchObject({ items: [], next: null });
    await askMany();
    const csv = 'Key,Name,Secret note,secretMail,Secret score\nk,Imported,canary?,x@example.org,7\n,,,,\n';
    const form =
      '--b\r\ncontent-disposition: form-data; name="entity"\r\n\r\ndossier\r\n' +
      `--b\r\ncontent-disposition: form-data; name="file"; filename="d.csv"\r\n\r\n${csv}\r\n--b--\r\n`;
    const uploaded = await sales.program('POST', '/imports', Buffer.from(form), {
      'content-type': 'multipart/form-data; boundary=b',
    });
    expect(uploaded.status, uploaded.text).toBe(201);
    const { targets, mapping } = uploaded.body as unknown as {
      targets: { to: string }[];
      mapping: { columns: { to: string | null }[] };
    };
    expect(targets.map(({ to }) => to)).toEqual(expect.arrayContaining(['name', 'about']));
    expect(targets.filter(({ to }) => to.startsWith('secret'))).toEqual([]);
    expect(mapping.columns.map(({ to }) => to).filter((to) => to?.startsWith('secret'))).toEqual([]);
    // Several files at once, of which it is told what they hold: of what may be imported, by fields that may be seen.
    const several = uploadForm(
      [],
      [
        { name: 'dossiers.csv', bytes: csv },
        { name: 'secrets.csv', bytes: 'Secret note,secretMail\ncanary?,x@example.org\n' },
      ],
    );
    const set = await sales.program('POST', '/import-sets', several.body, several.headers);
    expect(set.status, set.text).toBe(201);
    heard.push({ asked: `POST /import-sets ${String(several.body)}`, answer: set });
    await ask('GET', '/import-sets');
    await ask('GET', `/import-sets/${set.body.id}`);
    await ask('PATCH', `/import-sets/${set.body.id}`, { source: 'elsewhere' });
    for (const { id: file } of set.body.files as { id: string }[]) {
      // They quote the names of the columns that were sent.
      await sales.program('PUT', `/imports/${file}/entity`, { entity: 'dossier' });
      const { body } = await sales.program('GET', `/imports/${file}`);
      const to = (body.targets as { to: string }[]).map((target) => target.to);
      expect(to.filter((name) => name.startsWith('secret'))).toEqual([]);
    }

    expect(heard.length).toBeGreaterThan(45);
    for (const { asked, answer } of heard) {
      const said = answer.text + JSON.stringify(answer.headers);
      for (const canary of canaries) {
        // The name of a user is no secret; the address that begins like it is.
        const found = canary === 'canaryboss' ? /canaryboss@/i.test(said) : said.includes(canary);
        expect(found, `${asked} told ${canary}: ${answer.text.slice(0, 500)}`).toBe(false);
      }
      for (const name of names) {
        // What somebody sent may be quoted back to him.
        if (!asked.includes(name.slice(0, 9)))
          expect(said.includes(name), `${asked} told of ${name}`).toBe(false);
      }
    }
  });
});
