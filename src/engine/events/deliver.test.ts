import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';
import type { RecordEvent } from '../../model/event.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import type { Ctx } from '../ctx.ts';
import { listRecords } from '../query/list.ts';
import { inTransaction } from '../record/transaction.ts';
import { createRecords, removeRecords, updateRecords } from '../record/verbs.ts';
import { deliverNext, isAnythingDue, nextTry } from './deliver.ts';
import { retryParked, subscriberStates } from './subscribers.ts';

const same = (said: string) => labels(said, said, said);
const thing = (name: string) =>
  entity({
    name,
    plural: `${name}s`,
    label: { one: same(name), many: same(`${name}s`) },
    title: 'name',
    fields: { name: text({ label: same('Name'), required: true }) },
    list: { columns: ['name'], sort: 'name' },
    form: [{ label: same(name), fields: ['name'] }],
    access: {},
  });

/** What the subscriber does beside its effect: fails, waits, looks. */
let beside: (event: RecordEvent) => Promise<void> | void = () => {};
const sent: string[] = [];

const echo: Subscriber = {
  name: 'echo',
  on: [{ entity: 'call', verbs: ['create', 'update'] }],
  async effect(event, acts) {
    await acts.create('echo', [{ name: `${event.record} ${event.version}` }]);
    await beside(event);
  },
};
const post: Subscriber = {
  name: 'post',
  on: [{ entity: 'letter' }],
  async send({ verb, version }, { key }) {
    sent.push(`${verb} ${version} ${key}`);
    await beside({} as RecordEvent);
  },
};

let place: TestWorkspace;
let ctx: Ctx;
const ends = new AbortController();

beforeAll(async () => {
  place = await testWorkspace({
    more: [thing('call'), thing('echo'), thing('letter')],
    subscribers: [echo, post],
  });
  ctx = place.system;
});
beforeEach(async () => {
  beside = () => {};
  sent.length = 0;
  await drain(echo);
  await drain(post);
});
afterAll(() => place.close());

const next = (subscriber: Subscriber) => deliverNext(ctx, subscriber, ends.signal);
/** Tells all that is due; answers how often it was tried. */
async function drain(subscriber: Subscriber): Promise<number> {
  let tries = 0;
  while ((await next(subscriber)) !== 'none') tries += 1;
  return tries;
}
const make = async (name: string, within: Ctx = ctx, of = 'call'): Promise<string> =>
  (await createRecords(within, place.entity(of), [{ name }]))[0]?.id ?? '';
const rename = (id: string, name: string, within: Ctx = ctx) =>
  updateRecords(within, place.entity('call'), [{ id, values: { name } }]);
/** The versions of a record whose effects are there, in the order they came. */
const echoes = async (id: string): Promise<readonly number[]> => {
  const { items } = await listRecords(ctx, place.entity('echo'), {
    where: `name starts with "${id}"`,
    sort: 'createdAt',
    limit: 200,
  });
  return items.map((item) => Number(String(item['name']).split(' ')[1]));
};
const beDue = () => sql`update w_main.delivery set due_at = now() where due_at is not null`.execute(ctx.db);

describe('a subscriber', () => {
  it('is told nothing that wasn’t committed, and nothing twice', async () => {
    const undone = new Error('taken back');
    let id = '';
    await expect(
      inTransaction(ctx, async (inner) => {
        id = await make('Never', inner);
        throw undone;
      }),
    ).rejects.toBe(undone);
    expect(await drain(echo)).toBe(0);
    id = await make('Once');
    expect(await drain(echo)).toBe(1);
    expect(await drain(echo)).toBe(0);
    expect(await echoes(id)).toEqual([1]);
  });

  it('hears only of what it asked for', async () => {
    const id = await make('Gone soon');
    await removeRecords(ctx, place.entity('call'), [{ id }]);
    await createRecords(ctx, place.entity('account'), [{ name: 'Nobody asked' }]);
    expect(await drain(echo)).toBe(1);
  });

  it('misses nothing of a transaction that began before others and commits after them', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<string>();
    const held = inTransaction(ctx, async (inner) => {
      begun.resolve(await make('Early', inner));
      await gate.promise;
    });
    const early = await begun.promise;
    const late = await make('Late');
    expect(await drain(echo)).toBe(1);
    expect(await echoes(late)).toEqual([1]);
    expect(await echoes(early)).toEqual([]);
    gate.resolve();
    await held;
    expect(await drain(echo)).toBe(1);
    expect(await echoes(early)).toEqual([1]);
  });

  it('shared by workers has each event once, and those of a record in order', async () => {
    const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => make(name)));
    for (const name of ['2', '3', '4']) await Promise.all(ids.map((id) => rename(id, name)));
    const workers = Array.from({ length: 4 }, async () => {
      while ((await isAnythingDue(ctx)) && !ends.signal.aborted) await next(echo);
    });
    await Promise.all(workers);
    for (const id of ids) expect(await echoes(id)).toEqual([1, 2, 3, 4]);
  });

  it('whose effect fails leaves nothing of it, holds up only that record, and is parked in the end', async () => {
    const bad = await make('Bad');
    const good = await make('Good');
    await rename(bad, 'Bad still');
    beside = ({ record }) => {
      if (record === bad) throw new Error('no luck');
    };
    const before = Date.now();
    expect([await next(echo), await next(echo)]).toEqual(['failed', 'done']);
    expect(await echoes(good)).toEqual([1]);
    expect(await echoes(bad)).toEqual([]);
    expect((await nextTry(ctx))?.getTime()).toBeGreaterThan(before);
    for (let tries = 1; tries < 8; tries += 1) {
      await beDue();
      expect(await next(echo)).toBe('failed');
    }
    await beDue();
    expect(await next(echo)).toBe('none');
    const [state] = (await subscriberStates(ctx)).filter(({ name }) => name === 'echo');
    expect(state).toMatchObject({
      waiting: 1,
      parkedCount: 1,
      parked: [{ entity: 'call', record: bad, attempts: 8, error: 'no luck' }],
    });

    const ana = await place.user('Ana');
    expect((await refusal(subscriberStates(ana))).code).toBe('forbidden');
    expect((await refusal(retryParked(ana, 'echo'))).code).toBe('forbidden');
    expect((await refusal(retryParked(ctx, 'ecko'))).detail.params).toMatchObject({ names: 'echo' });
    beside = () => {};
    expect(await retryParked(ctx, 'echo')).toBe(1);
    expect(await drain(echo)).toBe(2);
    expect(await echoes(bad)).toEqual([1, 2]);
  });

  it('whose worker dies in the middle has done nothing, and is told again', async () => {
    const id = await make('Interrupted');
    let tries = 0;
    let kept: unknown;
    beside = async () => {
      tries += 1;
      if (tries > 1) {
        kept = await echoes(id);
        return;
      }
      // As `kill -9` does: the connection of the worker is gone before the commit.
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`.execute(
        ctx.db,
      );
    };
    await next(echo).catch(() => 'died');
    await beDue();
    await drain(echo);
    expect(tries).toBe(2);
    expect(kept).toEqual([]);
    expect(await echoes(id)).toEqual([1]);
  });

  it('elsewhere is told at least once, each time with the same key', async () => {
    await make('Letter', ctx, 'letter');
    beside = () => {
      if (sent.length === 1) throw new Error('the line broke after it was sent');
    };
    expect(await next(post)).toBe('failed');
    await beDue();
    expect(await next(post)).toBe('done');
    expect(new Set(sent).size).toBe(1);
    expect(sent).toHaveLength(2);
  });
});
