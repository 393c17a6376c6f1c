import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoBatch } from '../../src/engine/events/undo-batch.ts';
import { listRecords } from '../../src/engine/query/list.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { createRecords, updateRecords } from '../../src/engine/record/verbs.ts';
import { newId } from '../../src/lib/ids.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { type Cells, ctxOf, errandRule, jsonOf, type WriteDoor, writeDoors } from './write-doors.ts';

let doors: TestDoors;
let sales: Caller;
beforeAll(async () => {
  doors = await testDoors({ rules: [errandRule] });
  sales = await doors.user('Sal');
});
afterAll(() => doors.close());

let count = 0;
const newKey = (): string => `key${++count}`;

/** A record of the test by name of its place in the story, and the key by which a file names it. */
interface Place {
  readonly id: string;
  readonly key: string;
}

/** Makes what a story needs beforehand, always in the same way. */
async function given(entity: string, cells: Cells): Promise<Place> {
  const key = newKey();
  const values = {
    ...jsonOf(doors.workspace, entity, cells),
    externalKeys: [{ source: 'rules', key }],
  };
  const [made] = await createRecords(ctxOf(doors, sales, 'api'), entityOf(doors.workspace.model, entity), [
    ['contact', 'lead'].includes(entity) ? { ...values, name: { last: cells.name } } : values,
  ]);
  return { id: made?.id ?? '', key };
}

const read = async (entity: string, id: string): Promise<Record<string, unknown>> =>
  readRecord(ctxOf(doors, sales, 'api'), entityOf(doors.workspace.model, entity), id);

/** Field by field what a record holds, amounts without their currency, references by id. */
async function values(entity: string, id: string, ...names: readonly string[]): Promise<unknown[]> {
  const record = await read(entity, id);
  return names.map((name) => {
    const value = record[name] as { amount?: string; id?: string } | string | null;
    return typeof value === 'object' && value !== null ? (value.amount ?? value.id) : value;
  });
}

const linksOf = async (entity: string, where: string): Promise<readonly Record<string, unknown>[]> =>
  (
    await listRecords(ctxOf(doors, sales, 'api'), entityOf(doors.workspace.model, entity), {
      where,
      sort: 'createdAt',
    })
  ).items;

const deal: Cells = { name: 'Deal', closeDate: '2027-01-31' };

/** Writes `cells` and answers what the record then holds of `names`, or what was refused. */
async function written(
  door: WriteDoor,
  at: Place | null,
  cells: Cells,
  ...names: readonly string[]
): Promise<unknown> {
  const outcome = at
    ? await door.update('opportunity', at, cells)
    : await door.create('opportunity', newKey(), { ...deal, ...cells });
  return 'refused' in outcome ? outcome.refused : values('opportunity', outcome.id, ...names);
}

/** The declared rules as stories: what a door does one after the other, and what must come of it at every door. */
const stories: readonly {
  readonly rule: string;
  readonly story: (door: WriteDoor) => Promise<readonly unknown[]>;
  readonly outcome: readonly unknown[];
}[] = [
  {
    rule: 'a lost opportunity says why',
    story: async (door) => {
      const open = await given('opportunity', { ...deal, stage: 'proposal' });
      const write = (cells: Cells, at: Place | null = open) =>
        written(door, at, cells, 'stage', 'lostReason');
      return [
        await write({ stage: 'closed-lost' }, null),
        await write({ stage: 'closed-lost', lostReason: 'price' }, null),
        await write({ lostReason: 'price' }),
        await write({ stage: 'closed-lost' }),
        await write({ stage: 'closed-lost', lostReason: 'competitor' }),
        await write({ stage: 'negotiation' }),
      ];
    },
    outcome: [
      ['lostReason: opportunity.lost-without-reason'],
      ['closed-lost', 'price'],
      ['lostReason: opportunity.reason-without-loss'],
      ['lostReason: opportunity.lost-without-reason'],
      ['closed-lost', 'competitor'],
      ['negotiation', null],
    ],
  },
  {
    rule: 'probability follows the stage unless typed',
    story: async (door) => {
      const open = await given('opportunity', { ...deal, stage: 'prospecting' });
      const write = (cells: Cells, at: Place | null = open) => written(door, at, cells, 'probability');
      return [
        await write({}, null),
        await write({ stage: 'proposal' }, null),
        await write({ stage: 'proposal', probability: '33' }, null),
        await write({ stage: 'proposal' }),
        await write({ probability: '35' }),
        await write({ name: 'Renamed' }),
        await write({ stage: 'closed-won' }),
        await write({ stage: 'proposal', probability: '20' }),
        await write({ probability: '101' }),
      ];
    },
    outcome: [
      ['10.00'],
      ['50.00'],
      ['33.00'],
      ['50.00'],
      ['35.00'],
      ['35.00'],
      ['100.00'],
      ['20.00'],
      ['probability: number-too-large'],
    ],
  },
  {
    rule: 'weighted amount is amount × probability',
    story: async (door) => {
      const open = await given('opportunity', { ...deal, stage: 'proposal', amount: '1000' });
      const write = (cells: Cells, at: Place | null = open) => written(door, at, cells, 'weighted');
      return [
        await write({ amount: '200.50', stage: 'proposal' }, null),
        await write({}, null),
        await write({ amount: '333.33', probability: '33.3' }, null),
        await write({ amount: '2000' }),
        await write({ stage: 'closed-won' }),
        await write({ probability: '12.5' }),
      ];
    },
    outcome: [['100.25'], [null], ['110.9989'], ['1000.00'], ['2000.00'], ['250.00']],
  },
  {
    rule: 'a lead is converted by its conversion alone',
    story: async (door) => {
      const open = await given('lead', { name: 'Díaz' });
      const write = (cells: Cells, at: Place | null = open) => leadWritten(door, at, cells, 'status');
      return [
        await write({ status: 'converted' }, null),
        await write({ company: 'Acme' }, null),
        await write({ status: 'converted' }),
        await write({ status: 'dead' }),
      ];
    },
    outcome: [['status: lead.converted-by-hand'], ['new'], ['status: lead.converted-by-hand'], ['dead']],
  },
  {
    rule: 'a task is completed when its status says so',
    story: async (door) => {
      const at = await given('task', { subject: 'Call' });
      const write = async (status: string) => {
        const outcome = await door.update('task', at, { subject: 'Call', status });
        if ('refused' in outcome) return outcome.refused;
        return (await read('task', at.id)).completedAt === null ? 'open' : 'completed';
      };
      return [await write('in-progress'), await write('done'), await write('waiting')];
    },
    outcome: ['open', 'completed', 'open'],
  },
  {
    rule: 'a note without a title is called by its beginning',
    story: async (door) => {
      const about = await given('account', { name: 'Noted' });
      const write = async (cells: Cells) => {
        const outcome = await door.create('note', newKey(), { related: about.id, ...cells });
        return 'refused' in outcome ? outcome.refused : (await read('note', outcome.id)).title;
      };
      return [await write({ text: 'He called back' }), await write({ text: 'Anything', title: 'Call' })];
    },
    outcome: ['He called back', 'Call'],
  },
  {
    rule: 'a contact has one primary account, and names it',
    story: async (door) => {
      const [first, second] = [
        await given('account', { name: 'First' }),
        await given('account', { name: 'Second' }),
      ];
      const contact = await given('contact', { name: 'Linked' });
      const name = (id: unknown): string =>
        id === first.id ? 'first' : id === second.id ? 'second' : 'none';
      const seen = async (): Promise<unknown> => {
        const links = await linksOf('account-contact', `contact = "${contact.id}"`);
        const [account] = await values('contact', contact.id, 'account');
        return [
          name(account),
          links
            .map((link) => `${name((link.account as { id: string }).id)}${link.primary ? '*' : ''}`)
            .sort(),
        ];
      };
      const link = (account: Place, primary: string) =>
        door.create('account-contact', newKey(), { account: account.id, contact: contact.id, primary });
      const story: unknown[] = [await seen()];
      await link(first, 'false');
      story.push(await seen());
      const made = await link(second, 'true');
      story.push(await seen());
      const twice = await link(second, 'true');
      story.push('refused' in twice ? twice.refused : 'linked twice', await seen());
      if ('refused' in made) return story;
      const key = (await linksOf('account-contact', `id = "${made.id}"`)).length;
      story.push(key);
      await door.update('contact', contact, { account: first.id });
      story.push(await seen());
      return story;
    },
    outcome: [
      ['none', []],
      ['first', ['first*']],
      ['second', ['first', 'second*']],
      ['contact: not-unique'],
      ['second', ['first', 'second*']],
      1,
      ['first', ['first*', 'second']],
    ],
  },
  {
    rule: 'a contact has each role in an opportunity once; a named role takes the place of the link without one',
    story: async (door) => {
      const opportunity = await given('opportunity', deal);
      const contact = await given('contact', { name: 'Role player' });
      const story: unknown[] = [];
      for (const role of [undefined, 'decision-maker', 'decision-maker', 'user']) {
        const cells = { opportunity: opportunity.id, contact: contact.id, ...(role ? { role } : {}) };
        const outcome = await door.create('opportunity-contact', newKey(), cells);
        const links = await linksOf('opportunity-contact', `opportunity = "${opportunity.id}"`);
        story.push(
          'refused' in outcome
            ? outcome.refused
            : links.map((each) => `${String(each.role)}${each.primary ? '*' : ''}`).sort(),
        );
      }
      return story;
    },
    outcome: [['null*'], ['decision-maker*'], ['role: not-unique'], ['decision-maker*', 'user']],
  },
];

/** As `written`, of leads. */
async function leadWritten(
  door: WriteDoor,
  at: Place | null,
  cells: Cells,
  ...names: readonly string[]
): Promise<unknown> {
  const outcome = at
    ? await door.update('lead', at, cells)
    : await door.create('lead', newKey(), { 'name.last': 'Díaz', ...cells });
  return 'refused' in outcome ? outcome.refused : values('lead', outcome.id, ...names);
}

describe.each(stories)('$rule', ({ story, outcome }) => {
  test.each(Object.keys(writeDoors))('through %s', async (name) => {
    const door = writeDoors[name]?.(doors, sales) as WriteDoor;
    expect(await story(door)).toEqual(outcome);
  });
});

describe('an amount that is emptied', () => {
  // A file's empty cell says nothing: it leaves a record's value as it is.
  test.each(Object.keys(writeDoors))(
    'through %s takes the weighted one with it, or neither',
    async (name) => {
      const door = writeDoors[name]?.(doors, sales) as WriteDoor;
      const open = await given('opportunity', { ...deal, stage: 'proposal', amount: '1000' });
      const left = await written(door, open, { amount: '' }, 'amount', 'weighted', 'probability');
      expect(left).toEqual(
        ['an import', 'the command line'].includes(name)
          ? ['1000.00', '500.00', '50.00']
          : [null, null, '50.00'],
      );
    },
  );
});

describe('an undo', () => {
  const names = ['stage', 'probability', 'amount', 'weighted', 'lostReason', 'name'];

  test.each([
    { stage: 'closed-lost', lostReason: 'price' },
    { stage: 'closed-won' },
    { probability: '77' },
    { amount: '99' },
    { amount: '' },
  ] satisfies Cells[])('of %o puts back what the rules had derived', async (cells) => {
    const open = await given('opportunity', {
      ...deal,
      stage: 'proposal',
      amount: '1000',
      probability: '42',
    });
    const before = await values('opportunity', open.id, ...names);
    const batch = newId();
    const ctx = { ...ctxOf(doors, sales, 'import'), batch };
    await updateRecords(ctx, entityOf(doors.workspace.model, 'opportunity'), [
      { id: open.id, values: jsonOf(doors.workspace, 'opportunity', cells) },
    ]);
    expect(await values('opportunity', open.id, ...names)).not.toEqual(before);
    expect(await undoBatch(ctxOf(doors, sales, 'api'), batch)).toMatchObject({ refused: [] });
    expect(await values('opportunity', open.id, ...names)).toEqual(before);
  });

  test('of a loss that was reopened since leaves the rule intact', async () => {
    const open = await given('opportunity', { ...deal, stage: 'proposal' });
    const entity = entityOf(doors.workspace.model, 'opportunity');
    const batch = newId();
    const lost = { stage: 'closed-lost', lostReason: 'price' };
    await updateRecords({ ...ctxOf(doors, sales, 'import'), batch }, entity, [{ id: open.id, values: lost }]);
    await updateRecords(ctxOf(doors, sales, 'api'), entity, [
      { id: open.id, values: { stage: 'negotiation' } },
    ]);
    const { refused } = await undoBatch(ctxOf(doors, sales, 'api'), batch);
    expect(refused).toMatchObject([{ id: open.id }]);
    expect(await values('opportunity', open.id, 'stage', 'lostReason')).toEqual(['negotiation', null]);
  });

  test('of a new primary link gives the contact its former one back', async () => {
    const [first, second] = [await given('account', { name: 'A' }), await given('account', { name: 'B' })];
    const contact = await given('contact', { name: 'Undone', account: first.id });
    const batch = newId();
    const links = entityOf(doors.workspace.model, 'account-contact');
    await createRecords({ ...ctxOf(doors, sales, 'import'), batch }, links, [
      { contact: contact.id, account: second.id, primary: true },
    ]);
    expect(await values('contact', contact.id, 'account')).toEqual([second.id]);
    expect(await undoBatch(ctxOf(doors, sales, 'api'), batch)).toMatchObject({ refused: [] });
    expect(await values('contact', contact.id, 'account')).toEqual([first.id]);
    const left = await linksOf('account-contact', `contact = "${contact.id}"`);
    expect(left.map((link) => [(link.account as { id: string }).id, link.primary])).toEqual([
      [first.id, true],
    ]);
  });
});
