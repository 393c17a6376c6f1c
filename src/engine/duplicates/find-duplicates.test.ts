import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { newId } from '../../lib/ids.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords, removeRecords } from '../record/verbs.ts';
import { candidatesSql } from './candidates.ts';
import { facingsFor } from './facing.ts';
import { findAlike } from './find-alike.ts';
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
      [two, ['email', 'mobile', 'phone']],
      [one, ['email']],
    ]);
    expect(await found(ana, 'contact', { ...draft, id: two })).toEqual([[one, ['email']]]);
    const { items } = await findDuplicates({ ...ana, locale: 'fr' }, place.entity('contact'), draft);
    expect(items[0]?.label).toBe('Two');
    expect(items[0]?.reasons.map(({ message }) => message.replace(/\s/g, ' '))).toEqual([
      'Identique : E-mail',
      'Identique : Portable, Téléphone',
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

  it('are found by name only within the same company, mistyped and swapped names too', async () => {
    const account = await make(ana, 'account', { name: 'Zénith SA' });
    const id = await make(ana, 'contact', { name: { first: 'Gregory', last: 'Müller' }, account });
    const near = [
      { first: 'gregory', last: 'MULLER' },
      { first: 'Müller', last: 'Gregory' },
      { first: 'Gregroy', last: 'Muller' },
      { first: 'Gregory', last: 'Muler' },
    ];
    for (const name of near) {
      expect(await found(ana, 'contact', { name, account })).toEqual([[id, ['name', 'account']]]);
      expect(await found(ana, 'contact', { name })).toEqual([]);
    }
  });

  it('aren’t the others of a family, though they share address, phone and e-mail', async () => {
    const account = await make(ana, 'account', { name: 'Bianchi Household' });
    const shared = { account, email: 'bianchi.home@example.org', phone: '+33 1 42 68 54 11' };
    await make(ana, 'contact', { ...shared, name: { first: 'Lucia', last: 'Bianchi' } });
    const found = await findDuplicates(ana, place.entity('contact'), {
      ...shared,
      name: { first: 'Paolo', last: 'Bianchi' },
    });
    expect(found.items).toEqual([]);
  });

  it('are found by the name of a firm, whatever its legal form and however it is mistyped', async () => {
    const id = await make(ana, 'account', {
      name: 'Northwind Traders SA',
      billingAddress: { street: '1 Quai Ouest', postalCode: '75015', city: 'Paris', country: 'FR' },
    });
    for (const name of ['northwind traders', 'Northwind Traders, Inc.', 'Northwind Trader SA'])
      expect((await found(ana, 'account', { name })).map(([each]) => each)).toEqual([id]);
    const elsewhere = { street: '9 Hill Road', postalCode: '10115', city: 'Berlin', country: 'DE' };
    const name = 'Northwind Traders';
    expect(await found(ana, 'account', { name, billingAddress: elsewhere })).toEqual([]);
  });

  it('are found by names of letters that take two places, wherever such a name is cut', async () => {
    for (const name of ['a𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷', 'Ab 🚀🚀🚀🚀🚀🚀 cd']) {
      const website = `https://letters${name.length}.example`;
      const id = await make(ana, 'account', { name, website });
      expect((await found(ana, 'account', { name, website })).map(([each]) => each)).toEqual([id]);
    }
  });

  it('are told with their points and with what speaks for and against them', async () => {
    const account = await make(ana, 'account', { name: 'Points SA' });
    await make(ana, 'contact', {
      name: { first: 'Irene', last: 'Points' },
      account,
      email: 'irene.points@north.example',
      birthday: '1980-01-02',
    });
    const { items } = await findDuplicates(ana, place.entity('contact'), {
      name: { first: 'Irene', last: 'Points' },
      account,
      email: 'irene.points@south.example',
      birthday: '1981-02-03',
    });
    expect(items.map(({ score, reasons }) => [score, reasons])).toEqual([
      [
        80,
        [
          { criterion: 'name', fields: ['name'], points: 50, message: 'Same: Name' },
          { criterion: 'email', fields: ['email'], points: 30, message: 'Similar: E-mail' },
          { criterion: 'account', fields: ['account'], points: 30, message: 'Same: Account' },
          { criterion: 'birthday', fields: ['birthday'], points: -30, message: 'Different: Birthday' },
        ],
      ],
    ]);
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

  it('are refused of a thousand at once with few locks, which everybody shares', async () => {
    const contact = place.entity('contact');
    const people = Array.from({ length: 300 }, (_, n) => ({
      name: { first: `Vera${n}`, last: `Locked${n}` },
      email: `vera${n}@locked${n}.example`,
    }));
    const held = await ana.db.transaction().execute(async (db) => {
      await createRecords({ ...ana, db, refusesDuplicates: true }, contact, people);
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid()`.execute(db);
      return rows[0]?.count;
    });
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(130);
  });

  it('are found over indexes, however many are looked for', async () => {
    const { db, workspace } = place.system;
    const table = sql.id(workspace.schema, 'contact');
    await sql`insert into ${table} (id, version, created_at, updated_at, name_last, name_fold, name_sort, name_last_fold,
        email, email_fold, phone, phone_digits, account_id)
      select gen_random_uuid(), 1, now(), now(), 'N' || n, 'n' || n, 'n' || n, 'n' || n, 'person' || n || '@x.example', 'person' || n || '@x.example',
        '0' || 100000000 + n, '0' || 100000000 + n, gen_random_uuid()
      from generate_series(1, 20000) n`.execute(db);
    await sql`analyze ${table}`.execute(db);
    const contact = place.entity('contact');
    const [itself] = facingsFor(place.system, contact);
    if (!itself) throw new Error('contacts are recognised by nothing');
    const sought = Array.from({ length: 200 }, (_, n) => ({
      id: null,
      values: {
        name: { first: null, middle: null, last: `N${n + 70}` },
        email: `person${n + 70}@x.example`,
        phone: { typed: `0${100000070 + n}`, e164: null },
        account: newId(),
      },
    }));
    const alike = await findAlike(place.system, itself, sought, { isHeld: true });
    expect(alike.filter(({ length }) => length === 1)).toHaveLength(200);
    const statement = candidatesSql(ana, contact, itself.comparing, sought, { isHeld: true });
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(db);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan.match(/Index Scan/g)?.length).toBeGreaterThanOrEqual(6);
    expect(plan).not.toContain('Seq Scan');
  });
});
