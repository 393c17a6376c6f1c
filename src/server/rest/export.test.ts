import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';

let doors: TestDoors;
let sal: Caller;
let port: number;

/** Enough to fill every buffer on the way several times, so that an export is still being read when it is looked at. */
const many = 6000;

beforeAll(async () => {
  doors = await testDoors();
  sal = await doors.user('Sal');
  await doors.app.listen({ host: '127.0.0.1', port: 0 });
  port = (doors.app.server.address() as AddressInfo).port;
  await sql`insert into w_main.account (id, version, name, name_fold, description, created_at, updated_at, teams_ids)
    select gen_random_uuid(), 1, 'Heavy ' || n, 'heavy ' || n, repeat(md5(n::text), 300), now(), now(), '{}'
    from generate_series(1, ${many}) n`.execute(doors.db);
});
afterAll(() => doors.close());

const query = (given: Readonly<Record<string, string>>): string =>
  `/accounts/export?${new URLSearchParams(given).toString()}`;

/** Begins to read an export over the network, and stops reading after the first piece of it. */
const begin = (path: string) =>
  new Promise<{ readonly rest: () => Promise<string>; readonly leave: () => void }>((resolve, reject) => {
    const asked = httpRequest(
      { port, path: `/api/v1${path}`, headers: { authorization: `Bearer ${doors.admin.key}` } },
      (response) => {
        let text = '';
        response.once('data', (first: Buffer) => {
          text += first.toString('latin1');
          response.pause();
          resolve({
            leave: () => asked.destroy(),
            rest: () =>
              new Promise((done, failed) => {
                response.on('data', (chunk: Buffer) => {
                  text += chunk.toString('latin1');
                });
                response.on('end', () => done(text));
                response.on('error', failed);
                response.resume();
              }),
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });

const exporting = async (): Promise<readonly number[]> => {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and query like 'fetch%export_%' and state <> 'idle'`.execute(doors.db);
  return rows.map(({ pid }) => pid);
};

describe('GET …/export refuses', () => {
  test('who isn’t signed in, and who may not export', async () => {
    expect((await doors.call('GET', '/api/v1/accounts/export?format=csv')).status).toBe(401);
    expect((await sal.program('GET', '/users/export?format=csv')).status).toBe(403);
    expect((await sal.browser('GET', '/users/export?format=csv')).body.code).toBe('export-forbidden');
  });

  test.each([
    ['format', {}, 'input-missing'],
    ['format', { format: 'pdf' }, 'input-not-one-of'],
    ['delimiter', { format: 'csv', delimiter: '|' }, 'input-not-one-of'],
    ['delimiter', { format: 'xlsx', delimiter: 'tab' }, 'export-csv-only'],
    ['bom', { format: 'jsonl', bom: '1' }, 'export-csv-only'],
    ['header', { format: 'csv', header: 'both' }, 'input-not-one-of'],
    ['sort', { format: 'csv', sort: 'x' }, 'unknown-field-of'],
    ['fields', { format: 'csv', fields: 'name,x' }, 'unknown-field-of'],
    ['colour', { format: 'csv', colour: 'red' }, 'input-unknown'],
  ])('a wrong %s %j', async (field, given, code) => {
    const answer = await sal.program('GET', query(given));
    expect(answer).toMatchObject({ status: 422, body: { mistakes: [{ field, code }] } });
    expect(String(answer.headers['content-disposition'])).not.toContain('attachment');
  });

  test('a filter that can’t be read', async () => {
    const answer = await sal.program('GET', query({ format: 'csv', where: 'name = ' }));
    expect(answer).toMatchObject({ status: 400 });
  });

  test('anything but GET', async () => {
    expect((await sal.program('POST', '/accounts/export', {})).status).toBe(405);
  });
});

describe('GET …/export', () => {
  test('sends a file with a name, in the reader’s way of writing', async () => {
    await sal.program('POST', '/accounts', { name: 'Élan, “S.A.”', employees: 3 });
    const where = 'name starts with "Élan"';
    const csv = await sal.browser('GET', query({ format: 'csv', where, fields: 'name,employees' }));
    expect(csv.status).toBe(200);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toMatch(
      /^attachment; filename="rapport-accounts-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(csv.text).toBe('\uFEFFname,employees\r\n"Élan, “S.A.”",3\r\n');
    const told = {
      format: 'csv',
      where,
      fields: 'name,employees',
      bom: '0',
      delimiter: 'tab',
      header: 'labels',
    };
    expect((await sal.program('GET', query(told))).text).toBe('Name\tEmployees\r\nÉlan, “S.A.”\t3\r\n');
    const lines = await sal.program('GET', query({ format: 'jsonl', where, fields: 'name,employees' }));
    expect(lines.headers['content-type']).toContain('application/x-ndjson');
    expect(lines.text).toBe(`${JSON.stringify({ name: 'Élan, “S.A.”', employees: 3 })}\n`);
  });

  test('sends a workbook whose parts unpack', async () => {
    const address = query({
      format: 'xlsx',
      where: 'name starts with "Élan"',
      fields: 'name,employees,createdAt',
    });
    const { rawPayload } = await doors.app.inject({
      url: `/api/v1${address}`,
      headers: { authorization: `Bearer ${sal.key}` },
    });
    const files = unzip(rawPayload);
    expect([...files.keys()]).toEqual([
      'xl/worksheets/sheet1.xml',
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/workbook.xml',
      'xl/styles.xml',
    ]);
    const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('<t xml:space="preserve">Élan, “S.A.”</t>');
    expect(sheet).toContain('<c r="B2"><v>3</v></c>');
    expect(sheet).toMatch(/<c r="C2" s="3"><v>\d{5}\.\d+<\/v><\/c>/);
    expect(sheet).not.toContain('<f>');
  });

  test('tells a head alone without reading anything', async () => {
    const head = await doors.admin.program('HEAD', query({ format: 'csv' }));
    expect(head).toMatchObject({ status: 200, text: '' });
    await expect.poll(exporting).toEqual([]);
  });

  test('sends everything, however much it is', async () => {
    const { rest } = await begin(query({ format: 'csv', where: 'name starts with "Heavy"', bom: '0' }));
    const text = await rest();
    expect(text.split('\r\n')).toHaveLength(many + 2);
  });

  test('that breaks off looks like nothing whole: the answer is never ended', async () => {
    const { rest } = await begin(query({ format: 'csv', where: 'name starts with "Heavy"' }));
    await expect.poll(exporting).toHaveLength(1);
    const [pid = 0] = await exporting();
    await sql`select pg_terminate_backend(${pid})`.execute(doors.db);
    await expect(rest()).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    const latest = async () => (await doors.admin.program('GET', '/security-events?limit=1')).body.items[0];
    await expect.poll(latest).toMatchObject({ kind: 'export', subject: 'accounts', outcome: 'broken-off' });
  });

  test('stops when its reader goes, and gives the connection back', async () => {
    const { leave } = await begin(query({ format: 'jsonl', where: 'name starts with "Heavy"' }));
    await expect.poll(exporting).toHaveLength(1);
    leave();
    await expect.poll(exporting).toEqual([]);
  });

  test('is refused while three are being written, and taken again afterwards', async () => {
    const path = query({ format: 'csv', where: 'name starts with "Heavy"' });
    const begun = [await begin(path), await begin(path), await begin(path)];
    const refused = await sal.program('GET', query({ format: 'csv' }));
    expect(refused).toMatchObject({ status: 429, body: { code: 'export-too-many' } });
    for (const { leave } of begun) leave();
    const again = async () => (await sal.program('GET', query({ format: 'csv', fields: 'name' }))).status;
    await expect.poll(again).toBe(200);
  });
});

/** The files of an archive, by the directory at its end. */
function unzip(bytes: Buffer): ReadonlyMap<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let place = bytes.readUInt32LE(end + 16);
  const files = new Map<string, string>();
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, length] = [bytes.readUInt32LE(place + 20), bytes.readUInt16LE(place + 28)];
    const name = bytes.toString('utf8', place + 46, place + 46 + length);
    const start = bytes.readUInt32LE(place + 42);
    const content = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    files.set(name, inflateRawSync(bytes.subarray(content, content + packed)).toString());
    place += 46 + length;
  }
  return files;
}
