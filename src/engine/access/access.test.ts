import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { describe as describeAll } from '../describe/describe.ts';
import { listRecords } from '../query/list.ts';
import { readMany, readRecord } from '../query/read.ts';
import { company, membership, openReading, person, type Reading } from '../query/reading.fixture.ts';
import { totals } from '../query/totals.ts';
import { searchRecords } from '../search/search.ts';
import { levelFor, may } from './access.ts';

/** What every role may read, of whatever else an entity says nothing. */
const ofEveryRole = ['user', 'team', 'role', 'base-value', 'saved-view', 'view-choice'];

let reading: Reading;
const me = newId();
const team = newId();
const other = newId();
let mine: string;
let teams: string;
let theirs: string;
let ctx: Ctx;

beforeAll(async () => {
  reading = await openReading();
  ctx = reading.as({ userId: me, teams: [team] });
  const ids = await reading.put(company, [
    { name: 'Mine', owner: me, margin: 1 },
    { name: 'Of my team', owner: other, teams: [team], margin: 2 },
    { name: 'Theirs', owner: other, teams: [newId()], margin: 3, phone: { typed: '0612345678', e164: null } },
  ]);
  [mine, teams, theirs] = ids as [string, string, string];
  const people = await reading.put(
    person,
    ids.map((firm) => ({ owner: me, company: firm, about: { entity: 'company', id: firm } })),
  );
  await reading.put(
    membership,
    ids.map((firm, index) => ({ company: firm, person: people[index] })),
  );
});
afterAll(() => reading.close());

const refusal = async (work: () => Promise<unknown>): Promise<Problem> => {
  const thrown: unknown = await work().then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
};
const names = async (asked: Ctx, where?: string): Promise<unknown[]> =>
  (await listRecords(asked, company, where ? { where } : {})).items.map(({ name }) => name);

describe('a reader', () => {
  it('does not find a record beyond his reach, by list, id, count, total or search', async () => {
    expect(await names(ctx)).toEqual(['Mine', 'Of my team']);
    expect((await listRecords(ctx, company, { count: 'exact' })).total).toBe(2);
    expect((await refusal(() => readRecord(ctx, company, theirs))).code).toBe('not-found');
    expect((await readMany(ctx, company, [theirs, teams, 'no id'])).map(({ id }) => id)).toEqual([teams]);
    expect((await totals(ctx, company)).groups[0]?.count).toBe(2);
    expect(await searchRecords(ctx, 'theirs')).toEqual({ groups: [], meant: null });
    expect(await searchRecords(ctx, '0612345678')).toEqual({ groups: [], meant: null });
  });

  it('without a role for the entity is refused, and does not hear of it', async () => {
    const nobody = reading.as({ roles: [] });
    for (const work of [
      () => listRecords(nobody, company),
      () => readRecord(nobody, company, mine),
      () => totals(nobody, company),
    ]) {
      expect((await refusal(work)).code).toBe('forbidden');
    }
    expect(describeAll(nobody).entities).toEqual([]);
    const unnamed = describeAll(reading.as({ roles: ['named-by-no-entity'] })).entities;
    expect(unnamed.map(({ name }) => name)).toEqual(ofEveryRole);
    expect(await searchRecords(nobody, 'mine')).toEqual({ groups: [], meant: null });
  });

  it('of a name that JavaScript objects have by themselves has no right by it', () => {
    for (const role of ['constructor', '__proto__', 'toString']) {
      expect(levelFor({ ...ctx, who: { ...ctx.who, roles: [role] } }, company, 'read')).toBe('none');
    }
  });

  it('reads with the strongest of his roles', async () => {
    expect(await names(reading.as({ userId: me, roles: ['sales', 'clerk'] }))).toHaveLength(3);
    expect(await names(reading.ctx)).toHaveLength(3);
  });

  it('learns with each record what he may do to it', async () => {
    const { items } = await listRecords(ctx, company);
    expect(items.map(({ can }) => can)).toEqual([
      { update: true, remove: false },
      { update: false, remove: false },
    ]);
    expect(may(ctx, company, 'update', { owner_id: other, teams_ids: [team] })).toBe(false);
    expect(may(ctx, company, 'read', { owner_id: other, teams_ids: [team] })).toBe(true);
  });

  it('reads a link through its parent, and learns in the same statement whether he may change it', async () => {
    const sent = await reading.statements(async () => {
      const { items } = await listRecords(ctx, membership, { fields: ['company'], sort: 'createdAt' });
      expect(items.map(({ company: firm, can }) => [firm, can])).toEqual([
        [
          { id: mine, label: 'Mine' },
          { update: true, remove: true },
        ],
        [
          { id: teams, label: 'Of my team' },
          { update: false, remove: false },
        ],
      ]);
    });
    expect(sent).toHaveLength(1);
  });
});

describe('through a reference', () => {
  it('an unreadable record has no label and no fields, in the page, the filter, the sort and the totals', async () => {
    const { items } = await listRecords(ctx, person, {
      fields: ['company', 'company.name', 'about'],
      sort: 'company.name',
    });
    expect(items.map(({ company: firm }) => (firm as { label: string | null }).label)).toEqual([
      'Mine',
      'Of my team',
      null,
    ]);
    expect(items[2]).toMatchObject({
      'company.name': null,
      about: { entity: 'company', id: theirs, label: null },
    });
    const count = async (where: string): Promise<number | null> =>
      (await listRecords(ctx, person, { where })).total;
    expect(await count('company.name starts with "t"')).toBe(0);
    expect(await count('company.name is empty')).toBe(1);
    expect(await count('company.size < 100')).toBe(0);
    const { groups } = await totals(ctx, person, { by: 'company' });
    expect(groups.find(({ key }) => key === theirs)?.label).toBeNull();
    expect((await totals(ctx, person, { by: 'company.name' })).groups.map(({ key }) => key)).toEqual([
      'Mine',
      'Of my team',
      null,
    ]);
  });
});

describe('a hidden field', () => {
  it('behaves as if it were not declared', async () => {
    const shapes = async (field: string): Promise<unknown[]> => {
      const works = [
        () => listRecords(ctx, company, { fields: [field] }),
        () => listRecords(ctx, company, { sort: field }),
        () => listRecords(ctx, company, { where: `${field} = 1` }),
        () => listRecords(ctx, person, { where: `company.${field} = 1` }),
        () => listRecords(ctx, person, { sort: `company.${field}` }),
        () => listRecords(ctx, person, { fields: [`company.${field}`] }),
        () => totals(ctx, company, { sums: [field] }),
        () => totals(ctx, company, { by: field }),
      ];
      const refused = [];
      for (const work of works) refused.push((await refusal(work)).message.replaceAll(field, '…'));
      return refused;
    };
    expect(await shapes('margin')).toEqual(await shapes('qwertz'));
  });

  it('is not in records, descriptions and search, except an administrator’s', async () => {
    expect(await readRecord(ctx, company, mine)).not.toHaveProperty('margin');
    expect(await readRecord(reading.ctx, company, mine)).toHaveProperty('margin', 1);
    const told = describeAll(ctx).entities.find(({ name }) => name === 'company');
    expect(told?.fields.map(({ name }) => name)).not.toContain('margin');
    expect(JSON.stringify(told)).not.toContain('margin');
  });
});
