import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { readBatch } from '../import/batch.ts';
import { type Importing, importing } from '../import/importing.fixture.ts';
import { openImport } from '../import/open.ts';
import { startSet } from '../import/sets.ts';
import { stateOut } from '../import/view.ts';
import { workOnSet } from '../import/work.ts';
import { listRecords } from '../query/list.ts';
import { createRecords } from '../record/verbs.ts';
import { type ExportOptions, openExport } from './open-export.ts';

const entities = ['account', 'contact', 'opportunity', 'account-contact', 'opportunity-contact'];
/** What each workspace gives its records itself. */
const own = new Set([
  'id',
  'version',
  'can',
  'owner',
  'teams',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
]);

let from: Importing;

beforeAll(async () => {
  from = await importing();
  await fill(from);
});
afterAll(() => from.workspace.close());

/** Records that hold something in every field, and what files have trouble with. */
async function fill({ workspace, admin }: Importing): Promise<void> {
  const make = async (entity: string, ...values: readonly Values[]): Promise<readonly string[]> =>
    (await createRecords(admin, workspace.entity(entity), values)).map(({ id }) => id);
  const address = {
    street: '=1+1\n2, rue "x"',
    city: '-Paris',
    postalCode: '01234',
    region: '@R',
    country: 'FR',
  };
  const [first = ''] = await make('account', {
    name: '=cmd|x',
    kind: 'customer',
    number: '00012',
    phone: { typed: '(415) 555-2671', e164: '+14155552671' },
    fax: '+33 1 42 68 53 00',
    email: 'a@example.org',
    website: 'https://example.org/?a=b;c',
    billingAddress: address,
    shippingAddress: { city: 'Lyon' },
    employees: 1234567,
    revenue: { amount: '-250.123', currency: 'JPY' },
    description: '\'=x\n\nline;two,"three" é',
  });
  const [second = ''] = await make('account', { name: "'-+", parent: first, kind: 'prospect' });
  const [ann = '', bob = ''] = await make(
    'contact',
    {
      name: { first: '+Ann', last: 'Díaz' },
      account: first,
      doNotCall: true,
      birthday: '1980-02-29',
      mobile: '12-34',
    },
    { name: { first: null, middle: 'M.', last: "O'Neil" }, email: 'bob@example.org' },
  );
  await make(
    'account-contact',
    { account: second, contact: ann, role: 'finance' },
    { account: second, contact: bob },
  );
  const [deal = ''] = await make('opportunity', {
    name: '@deal',
    account: first,
    closeDate: '2027-01-31',
    amount: { amount: '1999.5', currency: 'EUR' },
    probability: '12.5',
    nextStep: '\tcall',
  });
  await make('opportunity-contact', { opportunity: deal, contact: bob, primary: true });
}

async function carry(to: Importing, asker: Ctx, entity: string, o: ExportOptions): Promise<Values> {
  const file = await openExport(asker, from.workspace.entity(entity), o);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.chunks) chunks.push(chunk);
  await file.close();
  const id = await openImport(to.admin, { entity, fileName: file.name, bytes: Buffer.concat(chunks) });
  await startSet(to.admin, id, 'run');
  await workOnSet(to.workspace.system, id);
  const { created, updated, skipped, failed } = await stateOut(to.admin, await readBatch(to.admin, id));
  return { created, updated, skipped, failed, refusals: await to.refusals(to.admin, id) };
}

/** The values of all records of an entity, references by their labels, in an order of their own. */
async function valuesOf({ workspace, admin }: Importing, entity: string): Promise<readonly string[]> {
  const { items } = await listRecords(admin, workspace.entity(entity), { limit: 200 });
  const bare = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'label' in value ? value.label : value;
  const texts = items.map((item) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(item)
          .filter(([name]) => !own.has(name))
          .map(([name, value]) => [name, bare(value)]),
      ),
    ),
  );
  return texts.sort();
}

describe.each([
  ['as programs read it', {}, 'en'],
  ['for people, in French', { header: 'labels' }, 'fr'],
  ['as a workbook', { format: 'xlsx' }, 'en'],
  ['as a workbook for people, in Spanish', { format: 'xlsx', header: 'labels' }, 'es'],
  ['as JSON lines', { format: 'jsonl' }, 'en'],
] as const)('what was exported %s', (_how, o, locale) => {
  let to: Importing;

  beforeAll(async () => {
    to = await importing();
  });
  afterAll(() => to.workspace.close());

  test('is imported into an empty workspace with equal values', async () => {
    for (const entity of entities) {
      expect(await carry(to, { ...from.admin, locale }, entity, o)).toMatchObject({
        failed: 0,
        refusals: [],
      });
      expect(await valuesOf(to, entity)).toEqual(await valuesOf(from, entity));
    }
  });

  test('is recognised when it comes again', async () => {
    for (const entity of entities)
      expect(await carry(to, { ...from.admin, locale }, entity, o)).toMatchObject({
        created: 0,
        updated: 0,
        failed: 0,
      });
  });
});

test('what was exported is recognised by its ids where it came from, so that a file may be corrected', async () => {
  for (const entity of entities) {
    const counted = await valuesOf(from, entity);
    for (const format of ['csv', 'xlsx', 'jsonl'] as const)
      expect(await carry(from, from.admin, entity, { format })).toMatchObject({ created: 0, failed: 0 });
    expect(await valuesOf(from, entity)).toEqual(counted);
  }
});
