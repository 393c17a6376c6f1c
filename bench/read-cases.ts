import type { Ctx } from '../src/engine/ctx.ts';
import { history } from '../src/engine/events/history.ts';
import { type ListOptions, listRecords } from '../src/engine/query/list.ts';
import { readRecord } from '../src/engine/query/read.ts';
import { type TotalsOptions, totals } from '../src/engine/query/totals.ts';
import { entityOf } from '../src/model/declarations.ts';
import type { Entity } from '../src/model/entity.ts';
import { type Asked, type BenchCase, readsCase } from './bench-case.ts';
import { ids } from './data.ts';

/** How many records the cases about single ones ask for in turn. */
const sampled = 40;

/** Lists, records with what belongs to them, and totals, as `ctx` reads them. */
export async function readCases(ctx: Ctx): Promise<readonly BenchCase[]> {
  const entity = (name: string): Entity => entityOf(ctx.workspace.model, name);
  const [account, contact, opportunity] = ['account', 'contact', 'opportunity'].map(entity) as [
    Entity,
    Entity,
    Entity,
  ];
  const lists = async (name: string, of: Entity, ...asked: readonly ListOptions[]): Promise<BenchCase> =>
    readsCase(
      name,
      // As the browser asks, which has the count apart.
      asked.map((options) => listOf(ctx, of, { count: 'none', ...options })),
    );
  const sums: TotalsOptions = { by: 'stage', sums: ['amount'] };
  const holders = await holdersOf(ctx, account);
  return [
    await lists('list of opportunities, filtered and sorted', opportunity, {
      where: 'stage in (prospecting, proposal) and amount > 50000',
      sort: 'closeDate',
    }),
    await lists('list of contacts, filtered and sorted', contact, {
      where: 'jobTitle = "Office manager"',
      sort: 'name',
    }),
    await lists('list, expression filter: with a big open deal', account, {
      where: 'any(opportunities, stage.class = open and amount > 50000)',
      sort: 'name',
    }),
    await lists('list, expression filter: without deals', account, {
      where: 'none(opportunities)',
      sort: 'name',
    }),
    await lists('list, expression filter: three contacts and more', account, {
      where: 'count(contacts) >= 3',
      sort: '-createdAt',
    }),
    await lists('list, filtered by a related field', contact, {
      where: 'account.kind = customer and account.billingAddress.city = "Lyon"',
      sort: 'name',
    }),
    await lists('list sorted by a related field, up to 10,000 matches', opportunity, {
      where: 'amount > 99000',
      sort: 'account,-amount',
    }),
    await readsCase(
      'record read',
      (await mine(ctx, contact)).map((id) => ({
        address: `contacts/${id}`,
        work: () => readRecord(ctx, contact, id),
      })),
    ),
    await readsCase(
      'related lists of a record',
      holders.flatMap((id) => relatedOf(ctx, account, id)),
    ),
    await readsCase(
      'history of a record',
      holders.map((id) => ({
        address: `accounts/${id}/history`,
        work: () => history(ctx, account, id),
      })),
    ),
    await readsCase('group totals of what matches, up to 10,000', [
      totalsOf(ctx, opportunity, { ...sums, where: 'amount > 99000' }),
    ]),
    await readsCase('count of a filtered list, up to 10,000', [
      totalsOf(ctx, contact, { where: 'jobTitle = "Office manager"' }),
    ]),
    await readsCase('group totals of everything', [totalsOf(ctx, opportunity, { ...sums, exact: true })]),
  ];
}

function listOf(ctx: Ctx, entity: Entity, options: ListOptions): Asked {
  const asked = { fields: entity.list.columns, ...options };
  const { fields, limit, where = '', sort = entity.list.sort } = asked;
  const query = new URLSearchParams({ where, sort, fields: fields.join(',') });
  if (limit !== undefined) query.set('limit', String(limit));
  if (asked.count !== undefined) query.set('count', asked.count);
  return { address: `${entity.plural}?${query}`, work: () => listRecords(ctx, entity, asked) };
}

function totalsOf(ctx: Ctx, entity: Entity, asked: TotalsOptions): Asked {
  const query = new URLSearchParams();
  if (asked.by) query.set('by', asked.by);
  if (asked.sums) query.set('sums', asked.sums.join(','));
  if (asked.where) query.set('where', asked.where);
  if (asked.exact) query.set('exact', 'true');
  return { address: `${entity.plural}/totals?${query}`, work: () => totals(ctx, entity, asked) };
}

/** The lists below a record, as its page asks for them. */
const relatedOf = (ctx: Ctx, entity: Entity, id: string): readonly Asked[] =>
  entity.related.map((list) => {
    const of = entityOf(ctx.workspace.model, list.entity);
    return listOf(ctx, of, {
      where: `${list.via} = "${id}"`,
      fields: [...new Set([of.title, ...list.columns])],
      limit: 8,
      sort: of.list.sort,
    });
  });

/** Records that the reader owns. */
const mine = async (ctx: Ctx, entity: Entity): Promise<readonly string[]> => {
  const { items } = await listRecords(ctx, entity, { where: 'owner = me', fields: ['id'], limit: sampled });
  return items.map(({ id }) => id);
};

/** Accounts that have contacts and opportunities, and which the reader sees. */
async function holdersOf(ctx: Ctx, account: Entity): Promise<readonly string[]> {
  const some = await ids(ctx.db, ctx.workspace, 'account', 20_000);
  const seen: string[] = [];
  for (const id of some) {
    if (seen.length >= sampled) break;
    const found = await listRecords(ctx, account, {
      where: `id = "${id}" and any(contacts)`,
      fields: ['id'],
      count: 'none',
    });
    if (found.items.length > 0) seen.push(id);
  }
  return seen;
}
