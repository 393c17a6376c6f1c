import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestDoors, testDoors } from '../../../test/harness/doors.ts';
import { sharedData } from '../../../test/harness/shared-data.ts';
import type { ImportDraft } from '../../model/import.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors({ works: true });
});
afterAll(() => doors.close());

/** A form with a file, as browsers and curl send it. */
function form(fields: Record<string, string>, file?: { name: string; bytes: Buffer }) {
  const boundary = '----rapport';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = file
    ? `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`
    : '';
  const body = Buffer.concat([
    Buffer.from(parts.join('') + head),
    file?.bytes ?? Buffer.alloc(0),
    Buffer.from(`${file ? '\r\n' : ''}--${boundary}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

async function upload(by: Caller, entity: string, name: string, text: string | Buffer) {
  const { body, headers } = form({ entity }, { name, bytes: Buffer.from(text as string) });
  return by.browser('POST', '/imports', body, headers);
}

async function settled(by: Caller, id: string): Promise<ImportDraft> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { body } = await by.browser('GET', `/imports/${id}`);
    const draft = body as unknown as ImportDraft;
    if (!draft.isBusy) return draft;
    await sleep(50);
  }
  throw new Error('the import doesn’t come to an end');
}

const npsp = sharedData('crm/npsp-accounts.csv');

test.skipIf(!npsp)(
  'a file goes in, is checked, run and undone through the doors',
  { timeout: 60_000 },
  async () => {
    const made = await upload(doors.admin, 'account', 'npsp-accounts.csv', readFileSync(npsp ?? ''));
    expect(made.status).toBe(201);
    const checking = await doors.admin.browser('POST', `/imports/${made.body.id}/check`);
    expect(checking.status).toBe(202);
    expect(await settled(doors.admin, made.body.id)).toMatchObject({
      state: 'checked',
      rows: 1223,
      created: 1223,
      failed: 0,
      stopped: null,
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(0);
    await doors.admin.browser('POST', `/imports/${made.body.id}/run`);
    expect(await settled(doors.admin, made.body.id)).toMatchObject({
      state: 'done',
      created: 1223,
      position: 1223,
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(1223);
    await doors.admin.browser('POST', `/imports/${made.body.id}/undo`);
    expect(await settled(doors.admin, made.body.id)).toMatchObject({
      state: 'undone',
      undo: { done: 1223, of: 1223, refused: [] },
    });
    expect((await doors.admin.browser('GET', '/accounts?limit=1')).body.total).toBe(0);
  },
);
