import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { findDuplicates } from './find-duplicates.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana Díaz', { teams: ['North'] });
  ben = await place.user('Ben Noël', { teams: ['South'] });
});
afterAll(() => place.close());

const make = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<string> =>
  (await createRecords(ctx, place.entity(name), [input]))[0]?.id ?? '';
const found = async (ctx: Ctx, name: string, draft: Record<string, unknown>) =>
  (await findDuplicates(ctx, place.entity(name), draft)).items.map(({ id, reasons }) => [
    id,
    reasons.flatMap(({ fields }) => fields),
  ]);

describe('records like one that is being written', () => {
  it('are refused for fields that aren’t there and where nothing tells them', async () => {
    const contact = place.entity('contact');
    expect(mistakes(await refusal(findDuplicates(ana, contact, { emial: 'x' })))).toEqual([
      ['emial', 'unknown-field-near'],
    ]);
    expect(mistakes(await refusal(findDuplicates(ana, contact, { id: 'mine' })))).toEqual([
      ['id', 'duplicate-bad-id'],
    ]);
    const opportunity = place.entity('opportunity');
    expect(await refusal(findDuplicates(ana, opportunity, { name: 'x' }))).toMatchObject({
      code: 'not-found',
    });
    const nobody: Ctx = { ...ana, who: { ...ana.who, roles: [] } };
    expect(await refusal(findDuplicates(nobody, contact, { email: 'x' }))).toMatchObject({
      code: 'forbidden',
    });
  });

  it('are found by e-mail however it is written, the likeliest first', async () => {
    const one = await make(ana, 'contact', { name: { last: 'One' }, email: 'Léa@Moreau.example' });
    const two = await make(ana, 'contact', {
      name: { last: 'Two' },
      email: 'lea@moreau.example',
      phone: '+33 1 42 68 53 00',
    });
    const draft = { email: 'LEA@moreau.example', mobile: '01.42.68.53.00' };
    expect(await found(ana, 'contact', draft)).toEqual([
      [two, ['email', 'phone', 'mobile']],
      [one, ['email']],
    ]);
    expect(await found(ana, 'contact', { ...draft, id: two })).toEqual([[one, ['email']]]);
    const { items } = await findDuplicates({ ...ana, locale: 'fr' }, place.entity('contact'), draft);
    expect(items[0]?.label).toBe('Two');
    expect(items[0]?.reasons.map(({ message }) => message.replace(/\s/g, ' '))).toEqual([
      'Identique : E-mail',
      'Identique : Téléphone, Portable',
    ]);
  });

  it.each([
    ['(902) 296-8250', '902-296-8250', true],
    ['+1 902 296 8250', '9022968250', true],
    ['+33142685399', '01 42 68 53 99', true],
    ['12 ext', '12 ext', false],
    ['+33142685377', '+33142685378', false],
  ])('with the phone %s match %s: %s', async (typed, asked, isFound) => {
    const id = await make(ana, 'account', { name: `Phone ${typed}`, phone: typed });
    expect((await found(ana, 'account', { phone: asked })).some(([each]) => each === id)).toBe(isFound);
  });

  it('are found by name only within the same company', async () => {
    const account = await make(ana, 'account', { name: 'Zénith SA' });
    const name = { first: 'Zoé', last: 'Müller' };
    const id = await make(ana, 'contact', { name, account });
    const same = { first: 'zoe', last: 'MULLER' };
    expect(await found(ana, 'contact', { name: same, account })).toEqual([[id, ['name', 'account']]]);
    expect(await found(ana, 'contact', { name: same })).toEqual([]);
    expect(await found(ana, 'account', { name: 'zenith sa' })).toEqual([[account, ['name']]]);
  });

  it('are only those that the asker may read and that aren’t in the bin', async () => {
    const id = await make(ana, 'contact', { name: { last: 'Hidden' }, email: 'hidden@example.org' });
    expect(await found(ben, 'contact', { email: 'hidden@example.org' })).toEqual([]);
    expect(await found(ana, 'contact', { email: 'hidden@example.org' })).toHaveLength(1);
    await removeRecords(ana, place.entity('contact'), [{ id }]);
    expect(await found(ana, 'contact', { email: 'hidden@example.org' })).toEqual([]);
  });

  it('aren’t compared by fields that the asker may not see', async () => {
    await make(ana, 'contact', { name: { last: 'Veiled' }, email: 'veiled@example.org' });
    const veiled: Ctx = {
      ...ana,
      workspace: {
        ...ana.workspace,
        rights: {
          ...ana.workspace.rights,
          fieldRightOf: (_role, entity, field) =>
            entity === 'contact' && field === 'email' ? { read: false, write: false } : null,
        },
      },
    };
    const refused = await refusal(
      findDuplicates(veiled, place.entity('contact'), { email: 'veiled@example.org' }),
    );
    expect(mistakes(refused)).toEqual([['email', 'unknown-field']]);
  });

  it('are looked for in a draft that isn’t whole: what can’t be read yet is told', async () => {
    const { items, unread } = await findDuplicates(ana, place.entity('contact'), { email: 'lea@' });
    expect(items).toEqual([]);
    expect(unread).toMatchObject([{ field: 'email' }]);
  });

  it('are found over indexes, in one statement', async () => {
    const { db, workspace } = place.system;
    const table = sql.id(workspace.schema, 'contact');
    await sql`insert into ${table} (id, version, created_at, updated_at, name_last, email, email_fold, phone, phone_digits)
      select gen_random_uuid(), 1, now(), now(), 'N' || n, n || '@x.example', n || '@x.example', '0' || 100000000 + n, '0' || 100000000 + n
      from generate_series(1, 20000) n`.execute(db);
    await sql`analyze ${table}`.execute(db);
    const asked: string[] = [];
    const spied = {
      ...place.system,
      db: db.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: async ({ result }) => {
          asked.push('statement');
          return result;
        },
      }),
    };
    const draft = { email: '77@x.example', phone: '0100000088' };
    const { items } = await findDuplicates(spied, place.entity('contact'), draft);
    expect(items).toHaveLength(2);
    expect(asked).toHaveLength(1);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select id from ${table} r where r.removed_at is null and (r.email_fold = any(array['77@x.example'])
        or right(regexp_replace(coalesce(r.phone_e164, r.phone) collate "C", '[^0-9]', '', 'g'), 9) = any(array['100000088'])
        or right(regexp_replace(coalesce(r.mobile_e164, r.mobile) collate "C", '[^0-9]', '', 'g'), 9) = any(array['100000088']))`.execute(
      db,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('BitmapOr');
    expect(plan).not.toContain('Seq Scan');
  });
});
