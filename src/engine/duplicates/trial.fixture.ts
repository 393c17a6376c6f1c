import { sql } from 'kysely';
import { entityOf } from '../../model/declarations.ts';
import type { Ctx } from '../ctx.ts';
import { createRecords } from '../record/verbs.ts';
import type { Made } from './corrupted.fixture.ts';
import { workOnScan } from './scan.ts';
import { askScan } from './scans.ts';

/** Records written at a time. */
const atOnce = 1_000;

/** Writes the contacts with their accounts; answers their ids, by place. */
export async function writePeople(ctx: Ctx, made: readonly Made[]): Promise<readonly string[]> {
  const [account, contact] = ['account', 'contact'].map((name) => entityOf(ctx.workspace.model, name));
  if (!account || !contact) throw new Error('contacts and accounts are needed');
  const numbers = [...new Set(made.flatMap(({ person }) => person.account ?? []))];
  const accounts = new Map<string, string>();
  for (let from = 0; from < numbers.length; from += atOnce) {
    const part = numbers.slice(from, from + atOnce);
    const created = await createRecords(
      ctx,
      account,
      part.map((number) => ({ name: `Account ${number}`, number })),
    );
    for (const [at, { id }] of created.entries()) accounts.set(part[at] ?? '', id);
  }
  const ids: string[] = [];
  for (let from = 0; from < made.length; from += atOnce) {
    const inputs = made.slice(from, from + atOnce).map(({ person }) => ({
      name: { first: person.first, last: person.last },
      email: person.email,
      phone: person.phone,
      jobTitle: person.title,
      account: person.account === null ? null : (accounts.get(person.account) ?? null),
    }));
    ids.push(...(await createRecords(ctx, contact, inputs)).map(({ id }) => id));
  }
  return ids;
}

/** Searches all contacts for duplicates; answers the pairs found, as places of `ids`. */
export async function scanPeople(
  ctx: Ctx,
  ids: readonly string[],
): Promise<readonly (readonly [number, number])[]> {
  await askScan(ctx, entityOf(ctx.workspace.model, 'contact'));
  await workOnScan(ctx, 'contact', (error) => {
    throw error;
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const { rows } = await sql<{ a: string; b: string }>`
    select a, b from ${sql.id(ctx.workspace.schema, 'duplicate_pair')} where entity = 'contact'`.execute(
    ctx.db,
  );
  return rows.flatMap(({ a, b }) => {
    const [one, other] = [places.get(a), places.get(b)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
}
