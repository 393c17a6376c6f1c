import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '../../../test/harness/refusal.ts';
import { begin, interrupted, overtaking, settles, stands } from '../../../test/harness/two-at-once.ts';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { undoWhole } from '../events/batch-door.ts';
import { readRecord } from '../query/read.ts';
import { inTransaction } from '../record/transaction.ts';
import { createRecords, linkRecords, removeRecords, restoreRecords, updateRecords } from '../record/verbs.ts';
import { mergeRecords } from './merge-records.ts';
import { everyWay } from './naming.fixture.ts';

let place: TestWorkspace;
let ana: Ctx;
let ben: Ctx;

beforeAll(async () => {
  place = await testWorkspace({ more: everyWay });
  ana = await place.user('Ana', { teams: ['North'] });
  ben = await place.user('Ben', { teams: ['North'] });
}, 60_000);
afterAll(() => place.close());

const made = async (ctx: Ctx, name: string, input: Record<string, unknown>): Promise<string> => {
  const [record] = await createRecords(ctx, place.entity(name), [input]);
  if (!record) throw new Error('nothing was made');
  return record.id;
};
let count = 0;
/** A person with a key in another system. */
const person = async (title: string): Promise<{ readonly id: string; readonly key: string }> => {
  count += 1;
  const key = `p${count}`;
  return { id: await made(ana, 'person', { title, externalKeys: [{ source: 'old', key }] }), key };
};
type Person = Awaited<ReturnType<typeof person>>;
const merge = (ctx: Ctx, stays: Person, goes: Person) =>
  mergeRecords(ctx, place.entity('person'), stays.id, { with: [goes.id] });
/** The id that a field of a record names, the only one. */
const named = async (entity: string, id: string, field: string): Promise<string | undefined> => {
  const value = (await readRecord(ana, place.entity(entity), id))[field];
  const [only] = (Array.isArray(value) ? value : [value]) as readonly ({ id?: string } | null)[];
  return only?.id;
};

/** A way to name a person in a record that is made: its entity, its field, and what is sent. */
const ways: readonly {
  readonly way: string;
  readonly entity: string;
  readonly field: string;
  /** Whether it is one statement without a transaction. */
  readonly isAlone: boolean;
  make(ctx: Ctx, who: Person): Promise<string>;
}[] = [
  {
    way: 'a reference',
    entity: 'badge',
    field: 'holder',
    isAlone: true,
    make: (ctx, { id }) => made(ctx, 'badge', { holder: id }),
  },
  {
    way: 'a reference by an external key',
    entity: 'badge',
    field: 'holder',
    isAlone: true,
    make: (ctx, { key }) => made(ctx, 'badge', { holder: { source: 'old', key } }),
  },
  {
    way: 'a list of references',
    entity: 'club',
    field: 'members',
    isAlone: true,
    make: (ctx, { id }) => made(ctx, 'club', { members: [id] }),
  },
  {
    way: 'a reference to one of several entities',
    entity: 'club',
    field: 'patron',
    isAlone: true,
    make: (ctx, { id }) => made(ctx, 'club', { patron: { entity: 'person', id } }),
  },
  {
    way: 'a link',
    entity: 'friendship',
    field: 'other',
    isAlone: false,
    async make(ctx, { id }) {
      const host = await made(ana, 'person', { title: 'Host' });
      const [link] = await linkRecords(ctx, place.entity('person'), host, 'friends', [{ to: id }]);
      return link?.id ?? '';
    },
  },
  {
    way: 'a change',
    entity: 'club',
    field: 'patron',
    isAlone: true,
    async make(ctx, { id }) {
      const club = await made(ben, 'club', { title: 'Chess' });
      await updateRecords(ctx, place.entity('club'), [
        { id: club, values: { patron: { entity: 'person', id } } },
      ]);
      return club;
    },
  },
];

describe.each(ways)('a person who goes, named by $way', ({ entity, field, make }) => {
  test('while the merge isn’t kept yet: the writer waits and names the one who stays', async () => {
    const [stays, goes] = [await person('Stays'), await person('Goes')];
    const record = await overtaking(
      ana,
      (db) => merge({ ...ana, db }, stays, goes),
      () => make(ben, goes),
    );
    expect(await named(entity, record, field)).toBe(stays.id);
  });

  test('while the merge isn’t kept, and never is: the writer waits and names what he meant', async () => {
    const [stays, goes] = [await person('Stays'), await person('Goes')];
    const record = await overtaking(
      ana,
      (db) => merge({ ...ana, db }, stays, goes),
      () => make(ben, goes),
      { takenBack: true },
    );
    expect(await named(entity, record, field)).toBe(goes.id);
  });

  test('by who isn’t done yet: the merge waits and moves what he wrote, and its undo gives it back', async () => {
    const [stays, goes] = [await person('Stays'), await person('Goes')];
    let record = '';
    const { batch } = await overtaking(
      ben,
      async (db) => {
        record = await make({ ...ben, db }, goes);
      },
      () => merge(ana, stays, goes),
    );
    expect(await named(entity, record, field)).toBe(stays.id);
    expect((await undoWhole(ana, batch ?? '')).refused).toBe(0);
    expect(await named(entity, record, field)).toBe(goes.id);
  });
});

const alone = ways.filter(({ isAlone }) => isAlone);

describe.each(alone)('a person who goes, named in one statement by $way', ({ entity, field, make }) => {
  test('by who looked before the merge and writes after it', async () => {
    const [stays, goes] = [await person('Stays'), await person('Goes')];
    const late = interrupted(ben, async () => void (await merge(ana, stays, goes)));
    expect(await named(entity, await make(late, goes), field)).toBe(stays.id);
  });

  test('by who looked before the merge and writes while it isn’t kept yet', async () => {
    const [stays, goes] = [await person('Stays'), await person('Goes')];
    let written: ReturnType<typeof begin<string>> | undefined;
    await ana.db.transaction().execute(async (db) => {
      const looked = Promise.withResolvers<void>();
      const isMerged = Promise.withResolvers<void>();
      const late = interrupted(ben, () => {
        looked.resolve();
        return isMerged.promise;
      });
      written = begin(() => make(late, goes));
      await Promise.race([looked.promise, written.done]);
      expect(written.isSettled()).toBe(false);
      await merge({ ...ana, db }, stays, goes);
      isMerged.resolve();
      await stands(ana.db, written);
      expect(written.isSettled()).toBe(false);
    });
    expect(await named(entity, (await written?.done) ?? '', field)).toBe(stays.id);
  });
});

test('who names a record that went into one which is going in turn names the last one', async () => {
  const [last, next, first] = [await person('Last'), await person('Next'), await person('First')];
  await merge(ana, next, first);
  const many = await overtaking(
    ana,
    (db) => merge({ ...ana, db }, last, next),
    () => createRecords(ben, place.entity('club'), [{ members: [first.id] }, { members: [next.id] }]),
  );
  for (const { id } of many) expect(await named('club', id, 'members')).toBe(last.id);
});

test('what comes out of the bin while what it names is merged names the one that stays', async () => {
  const [stays, goes] = [await person('Stays'), await person('Goes')];
  const badge = await made(ben, 'badge', { holder: goes.id });
  await removeRecords(ben, place.entity('badge'), [{ id: badge }]);
  await overtaking(
    ana,
    (db) => merge({ ...ana, db }, stays, goes),
    () => restoreRecords(ben, place.entity('badge'), [badge]),
  );
  expect(await named('badge', badge, 'holder')).toBe(stays.id);
});

test('who gives another key to a record that goes is told where it went', async () => {
  const [stays, goes] = [await person('Stays'), await person('Goes')];
  const externalKeys = [{ source: 'new', key: goes.key }];
  const problem = await refusal(
    overtaking(
      ana,
      (db) => merge({ ...ana, db }, stays, goes),
      () => updateRecords(ana, place.entity('person'), [{ id: goes.id, values: { externalKeys } }]),
    ),
  );
  expect(problem.detail).toMatchObject({
    message: { code: 'record-merged' },
    extra: { mergedInto: stays.id },
  });
});

test('two who change a record each and name the other’s don’t wait for one another', async () => {
  const [one, other] = [await person('One'), await person('Other')];
  const rename = (ctx: Ctx, { id }: Person) =>
    updateRecords(ctx, place.entity('person'), [{ id, values: { title: 'Renamed' } }]);
  await ana.db.transaction().execute(async (db) => {
    await ben.db.transaction().execute(async (second) => {
      await rename({ ...ana, db }, one);
      await rename({ ...ben, who: ana.who, db: second }, other);
      const names = begin(async () => {
        await made({ ...ana, db }, 'club', { members: [other.id] });
        await made({ ...ben, db: second }, 'club', { members: [one.id] });
      });
      await settles(names);
    });
  });
});

test('who names a record doesn’t keep others from changing it', async () => {
  const one = await person('One');
  await ben.db.transaction().execute(async (db) => {
    await made({ ...ben, db }, 'club', { members: [one.id] });
    // In a transaction, where a record is locked before it is changed.
    const change = begin(() =>
      inTransaction(ana, (inner) =>
        updateRecords(inner, place.entity('person'), [{ id: one.id, values: { title: 'Changed' } }]),
      ),
    );
    await settles(change);
  });
});
