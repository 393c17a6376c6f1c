import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mistakes, refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { inTransaction } from '../record/transaction.ts';
import { createRecords, removeRecords, restoreRecords, updateRecords } from '../record/verbs.ts';
import { searchRecords } from '../search/search.ts';
import { nextNumbers } from './next-numbers.ts';
import { creditNote, invoice, ticket } from './numbered.fixture.ts';

let place: TestWorkspace;
let rep: Ctx;
beforeAll(async () => {
  place = await testWorkspace({ more: [invoice, creditNote, ticket] });
  rep = { ...(await place.user('Ana Díaz')), now: new Date('2026-11-22T09:00:00Z') };
});
afterAll(() => place.close());

let made = 0;
const fresh = (count = 1) => Array.from({ length: count }, () => ({ name: `thing ${++made}` }));
const create = (entity = invoice, count = 1, ctx = rep) => createRecords(ctx, entity, fresh(count));
/** Every number that records hold, those in the bin included, in their order. */
const numbersOf = async (entity: { readonly table: string }): Promise<readonly string[]> => {
  const { rows } = await sql<{ number: string }>`
    select number from ${sql.id('w_main', entity.table)} order by number`.execute(place.system.db);
  return rows.map((row) => row.number);
};
const counted = (prefix: string, padding: number, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => prefix + String(from + at).padStart(padding, '0'));

describe('a series without gaps', () => {
  test('has none under fifty writers at once, of whom some are refused or take back what they did', async () => {
    const taken = fresh()[0];
    await createRecords(rep, invoice, [taken ?? {}]);
    const givenUp = new Error('thought better of it');
    const writers = Array.from({ length: 50 }, async (_, at) => {
      if (at % 5 === 0) return createRecords(rep, invoice, [taken ?? {}]);
      if (at % 5 === 1) return createRecords(rep, invoice, [{ name: '' }]);
      if (at % 5 === 2)
        return inTransaction({ ...rep }, async (inner) => {
          await create(invoice, 2, inner);
          throw givenUp;
        });
      return create(invoice, at % 5 === 3 ? 1 : 3);
    });
    const settled = await Promise.allSettled(writers);
    expect(settled.filter((each) => each.status === 'rejected')).toHaveLength(30);
    expect(await numbersOf(invoice)).toEqual(counted('INV-', 3, 1, 41));
  });

  test('gives a block of many records numbers in their order', async () => {
    const numbers = (await create(creditNote, 5)).map((record) => record.number);
    expect(numbers).toEqual(counted('CN-', 5, 1, 5));
  });

  test('lets two writes that need two series in opposite order both end well', async () => {
    const both = (first: typeof invoice, second: typeof invoice) =>
      inTransaction({ ...rep }, async (inner) => {
        await create(first, 1, inner);
        await create(second, 1, inner);
      });
    const before = [(await numbersOf(invoice)).length, (await numbersOf(creditNote)).length];
    await Promise.all([both(invoice, creditNote), both(creditNote, invoice)]);
    const after = [await numbersOf(invoice), await numbersOf(creditNote)];
    expect(after.map((numbers) => numbers.length)).toEqual(before.map((count) => count + 2));
    expect(after[1]).toEqual(counted('CN-', 5, 1, after[1]?.length ?? 0));
  });

  test('keeps the numbers of what was put into the bin, and gives them back with it', async () => {
    const [record] = await create(creditNote);
    const id = record?.id ?? '';
    await removeRecords(rep, creditNote, [{ id }]);
    const [next] = await create(creditNote);
    expect(next?.number).not.toBe(record?.number);
    const [restored] = await restoreRecords(rep, creditNote, [id]);
    expect(restored?.number).toBe(record?.number);
  });
});

describe('a series that may have gaps', () => {
  test('gives no number twice under fifty writers at once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => create(ticket, (at % 3) + 1)));
    const numbers = await numbersOf(ticket);
    expect(numbers).toHaveLength(99);
    expect(new Set(numbers).size).toBe(99);
    expect(numbers[0]).toBe('T2026-0001');
  });

  test('waits for no transaction that took a number and stays open', async () => {
    await place.system.db.transaction().execute(async (db) => {
      await create(ticket, 1, { ...rep, db });
      await create(ticket);
    });
  });

  test('begins again each year, and tells the year', async () => {
    const [record] = await create(ticket, 1, { ...rep, now: new Date('2027-03-01T09:00:00Z') });
    expect(record?.number).toBe('T2027-0001');
  });
});

describe('a number', () => {
  test('can’t be written, nor changed', async () => {
    const input = { ...fresh()[0], number: 'INV-999' };
    expect(mistakes(await refusal(createRecords(rep, invoice, [input])))).toEqual([['number', 'read-only']]);
    const [record] = await create();
    const change = { id: record?.id ?? '', version: 1, values: { number: 'INV-998' } };
    expect(mistakes(await refusal(updateRecords(rep, invoice, [change])))).toEqual([['number', 'read-only']]);
  });

  test('is found, filtered and sorted by', async () => {
    const [record] = await create();
    const number = String(record?.number);
    const found = await searchRecords(rep, number);
    expect(JSON.stringify(found)).toContain(record?.id);
    const { items } = await listRecords(rep, invoice, { where: `number = "${number}"`, sort: '-number' });
    expect(items.map((each) => each.id)).toEqual([record?.id]);
  });
});

describe('a series in the hands of an administrator', () => {
  const series = async (code: string) => {
    const { items } = await listRecords(place.system, place.entity('number-series'), {
      where: `code = "${code}"`,
    });
    const [found] = items;
    if (!found) throw new Error(`no series ${code}`);
    return found;
  };
  const asAdmin = (): Ctx => ({ ...rep, who: { ...rep.who, roles: ['administrator'] } });
  const change = async (code: string, values: Record<string, unknown>) => {
    const { id, version } = await series(code);
    return updateRecords(asAdmin(), place.entity('number-series'), [{ id, version, values }]);
  };

  test('is refused what would give a number twice, with the reason', async () => {
    expect(mistakes(await refusal(change('invoice.number', { start: 3 })))).toEqual([
      ['start', 'number-series-used'],
    ]);
    expect(mistakes(await refusal(change('ticket.number', { prefix: 'T-' })))).toEqual([
      ['prefix', 'number-series-restart'],
    ]);
    expect(mistakes(await refusal(change('ticket.number', { prefix: 'T{DD}{YYYY}' })))).toEqual([
      ['prefix', 'number-series-place'],
    ]);
    expect(mistakes(await refusal(change('ticket.number', { code: 'other' })))).toEqual([
      ['code', 'read-only'],
    ]);
    expect(mistakes(await refusal(change('ticket.number', { padding: 0 })))).toHaveLength(1);
    const { id } = await series('ticket.number');
    const own = updateRecords(rep, place.entity('number-series'), [{ id, values: { start: 9000 } }]);
    expect((await refusal(own)).code).toBe('not-found');
  });

  test('is told the next number of each, and nobody else is', async () => {
    expect((await refusal(nextNumbers(rep))).code).toBe('forbidden');
    const told = (await nextNumbers(asAdmin())).find(({ next }) => next.startsWith('CN-'));
    const [made] = await create(creditNote);
    expect(told).toMatchObject({ next: made?.number, restart: 'never', gapFree: true });
  });

  test('goes on as he says, for later records', async () => {
    const [before] = await create(ticket);
    await change('ticket.number', { prefix: '{YY}/T', start: 500, padding: 3 });
    const [after] = await create(ticket);
    expect(after?.number).toBe('26/T500');
    const { items } = await listRecords(rep, ticket, { where: `id = "${before?.id}"` });
    expect(items[0]?.number).toBe(before?.number);
  });

  test('steps over numbers that records hold already', async () => {
    const [record] = await create(ticket);
    // As an import under another prefix may have left it: the next number, and some above it.
    const next = Number(String(record?.number).slice(4)) + 1;
    await sql`update w_main.ticket set number = ${`26/T${next + 7}`}, number_fold = ${`26/t${next + 7}`} where number = 'T2026-0001'`.execute(
      place.system.db,
    );
    const numbers = (await create(ticket, 12)).map((each) => each.number);
    expect(numbers).toHaveLength(12);
    expect(new Set(await numbersOf(ticket)).size).toBe((await numbersOf(ticket)).length);
  });
});
