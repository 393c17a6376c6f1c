import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { readRecord } from '../query/read.ts';
import { createRecords, linkRecords, updateRecords } from './verbs.ts';

let place: TestWorkspace;
let rep: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  rep = await place.user('Ana Díaz', { teams: ['North'] });
});
afterAll(() => place.close());

const entity = (name: string) => place.entity(name);
const one = async (ctx: Ctx, name: string, input: Record<string, unknown>) => {
  const [made] = await createRecords(ctx, entity(name), [input]);
  if (!made) throw new Error('nothing was created');
  return made;
};
describe('many at once', () => {
  it('change different fields of one record side by side, and every change is kept and counted', async () => {
    const made = await one(rep, 'account', { name: 'Busy', employees: 0 });
    const fields = [
      'number',
      'description',
      'website',
      'email',
      'phone',
      'employees',
      'territory',
      'industry',
    ];
    const values: Record<string, unknown> = {
      number: '1',
      description: 'two',
      website: 'https://three.example',
      email: 'four@example.org',
      phone: '+33142278186',
      employees: 6,
      territory: 'north',
      industry: 'media',
    };
    await Promise.all(
      fields.map((field) =>
        updateRecords(rep, entity('account'), [
          { id: made.id, version: 1, values: { [field]: values[field] } },
        ]),
      ),
    );
    const now = await readRecord(rep, entity('account'), made.id);
    expect(now).toMatchObject({ version: 1 + fields.length, number: '1', employees: 6, territory: 'north' });
    const { rows } = await sql<{
      version: number;
    }>`select version from w_main.event where record = ${made.id} order by version`.execute(place.system.db);
    expect(rows.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('change the same field of one record: one wins, the others are told', async () => {
    const made = await one(rep, 'account', { name: 'Contested' });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        updateRecords(rep, entity('account'), [{ id: made.id, version: 1, values: { name: `Name ${n}` } }]),
      ),
    );
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(
      outcomes.filter((each) => each.status === 'rejected').map((each) => (each.reason as Problem).code),
    ).toEqual(Array(9).fill('conflict'));
  });

  it('set the primary account of one contact: one of them is it', async () => {
    const accounts = await createRecords(
      rep,
      entity('account'),
      Array.from({ length: 6 }, (_, n) => ({ name: `Rival ${n}` })),
    );
    const person = await one(rep, 'contact', { name: { last: 'Wanted' } });
    await Promise.all(
      accounts.map((account) =>
        linkRecords(rep, entity('contact'), person.id, 'accounts', [{ to: account.id, primary: true }]),
      ),
    );
    const { rows } = await sql<{
      account_id: string;
    }>`select account_id from w_main.account_contact where contact_id = ${person.id} and "primary" and removed_at is null`.execute(
      place.system.db,
    );
    expect(rows).toHaveLength(1);
    expect(await readRecord(rep, entity('contact'), person.id)).toMatchObject({
      account: { id: rows[0]?.account_id },
    });
  });
});
