import { afterAll, beforeAll, expect, describe as group, test } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { Problem, problemDocument } from '../../lib/problem.ts';
import { entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { describe } from '../describe/describe.ts';
import { listRecords } from '../query/list.ts';
import { createRecords, updateRecords } from '../record/verbs.ts';
import { verifyViews } from './verify-views.ts';

const same = (said: string) => labels(said, said, said);

/** An entity of the tests with a field for administrators only, and views, one of which asks about it. */
const parcel = entity({
  name: 'parcel',
  plural: 'parcels',
  label: { one: same('Parcel'), many: same('Parcels') },
  title: 'name',
  fields: {
    name: text({ label: same('Name') }),
    margin: number({ label: same('Margin'), adminOnly: true }),
  },
  list: { columns: ['name', 'margin'], sort: 'name' },
  form: [],
  views: [
    { name: 'mine', label: same('Mine'), where: 'owner = me', columns: ['name', 'margin'] },
    { name: 'dear', label: same('Dear'), where: 'margin > 5' },
    { name: 'by-margin', label: same('By margin'), where: 'owner = me', sort: '-margin' },
  ],
  access: { sales: { read: 'all' } },
});

let workspace: TestWorkspace;
let sal: Ctx;
let mate: Ctx;
let stranger: Ctx;
let nobody: Ctx;
beforeAll(async () => {
  workspace = await testWorkspace({ more: [parcel] });
  sal = await workspace.user('Sal', { teams: ['North'] });
  mate = await workspace.user('Mia', { teams: ['North'] });
  stranger = await workspace.user('Stu', { teams: ['South'] });
  nobody = await workspace.user('Nil', { roles: ['named-by-no-entity'], teams: [] });
});
afterAll(() => workspace.close());

const views = () => workspace.entity('saved-view');
const make = (ctx: Ctx, values: Readonly<Record<string, unknown>>) =>
  createRecords(ctx, views(), [{ name: 'A view', entity: 'opportunity', ...values }]);

/** The mistakes of a refused view: field and code, with their sentences. */
async function mistakesOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Problem)) throw new Error(`nothing was refused: ${String(error)}`);
  const { mistakes } = problemDocument(error, 'en') as {
    mistakes: readonly { field: string; code: string; message: string }[];
  };
  return mistakes.map(({ field, code, message }) => [field.replace(/^\[0\]\./, ''), code, message]);
}

/** The same, by field and code alone. */
const codesOf = async (promise: Promise<unknown>) =>
  (await mistakesOf(promise)).map(([field, code]) => [field, code]);

const namesSeen = async (ctx: Ctx): Promise<readonly unknown[]> =>
  (await listRecords(ctx, views(), { sort: 'name' })).items.map(({ name }) => name);

group('a view is refused', () => {
  test('with every mistake at once, by field, and where it stands in the filter', async () => {
    const wrong = {
      where: 'amont > 5',
      sort: 'nowhere',
      columns: 'name, account.nam',
      shared: 'everyone',
      display: 'board',
    };
    const told = await mistakesOf(make(sal, wrong));
    expect(told.map(([field]) => field)).toEqual(['where', 'sort', 'columns', 'shared']);
    expect(told[0]?.[2]).toContain('amount');
    expect(told[2]?.[2]).toContain('name');
    expect(await codesOf(make(sal, { entity: 'account', display: 'board' }))).toEqual([
      ['display', 'view-no-board'],
    ]);
  });

  test('of an entity that isn’t there or isn’t read', async () => {
    expect(await codesOf(make(sal, { entity: 'oportunity' }))).toEqual([['entity', 'view-unknown-entity']]);
    expect((await mistakesOf(make(sal, { entity: 'oportunity' })))[0]?.[2]).toContain('opportunity');
    expect(await codesOf(make(nobody, {}))).toEqual([['entity', 'view-unknown-entity']]);
  });

  test('that asks about what its maker may not see, as if it weren’t declared', async () => {
    const told = await mistakesOf(make(sal, { entity: 'parcel', where: 'margin > 5', columns: 'margin' }));
    expect(
      told.map(([field, , message]) => [field, /has no field|isn’t a field/.test(String(message))]),
    ).toEqual([
      ['where', true],
      ['columns', true],
    ]);
  });

  test('to be shared beyond one’s teams, without the right to', async () => {
    expect(await codesOf(make(sal, { shared: 'everyone' }))).toEqual([['shared', 'view-not-for-all']]);
    expect(await codesOf(make(sal, { shared: 'teams', teams: [] }))).toEqual([['teams', 'view-no-team']]);
    expect(await codesOf(make(sal, { shared: 'teams', teams: stranger.who.teams }))).toEqual([
      ['teams', 'view-foreign-team'],
    ]);
  });

  test('to be changed by others, whoever may see it', async () => {
    const [made] = await make(workspace.system, {
      name: 'Zebra',
      shared: 'everyone',
      owner: mate.who.userId,
    });
    const change = { id: made?.id ?? '', version: 1, values: { name: 'Taken' } };
    await expect(updateRecords(sal, views(), [change])).rejects.toThrow(Problem);
    expect(await updateRecords(mate, views(), [change])).toHaveLength(1);
  });
});

group('a view', () => {
  test('is seen by its owner alone, by the teams it is for, or by everybody, whatever their roles', async () => {
    await make(sal, { name: 'Private' });
    await make(sal, { name: 'Of the team', shared: 'teams' });
    await make(workspace.system, { name: 'Of all', shared: 'everyone' });
    const seen = async (ctx: Ctx) => (await namesSeen(ctx)).filter((name) => name !== 'Taken');
    expect(await seen(sal)).toEqual(['Of all', 'Of the team', 'Private']);
    expect(await seen(mate)).toEqual(['Of all', 'Of the team']);
    expect(await seen(stranger)).toEqual(['Of all']);
    expect(await seen(nobody)).toEqual(['Of all']);
  });

  test('that was right once and isn’t any more can still be renamed and mended', async () => {
    const [made] = await make(workspace.system, {
      name: 'Margins',
      entity: 'parcel',
      where: 'margin > 5',
      owner: sal.who.userId,
    });
    const id = made?.id ?? '';
    const renamed = await updateRecords(sal, views(), [{ id, version: 1, values: { name: 'Old' } }]);
    expect(renamed[0]?.name).toBe('Old');
    const mistakes = await mistakesOf(
      updateRecords(sal, views(), [{ id, version: 2, values: { where: 'margin > 6' } }]),
    );
    expect(mistakes.map(([field]) => field)).toEqual(['where']);
    const [mended] = await updateRecords(sal, views(), [{ id, version: 2, values: { where: 'owner = me' } }]);
    expect(mended?.where).toBe('owner = me');
  });

  test('is chosen by each for himself, and must be there', async () => {
    const choices = workspace.entity('view-choice');
    expect(await codesOf(createRecords(sal, choices, [{ entity: 'opportunity', view: 'mine-opn' }]))).toEqual(
      [['view', 'view-unknown']],
    );
    await createRecords(sal, choices, [{ entity: 'opportunity', view: 'mine-open' }]);
    expect((await listRecords(sal, choices, {})).items).toHaveLength(1);
    expect((await listRecords(mate, choices, {})).items).toHaveLength(0);
  });
});

group('views that come with an entity', () => {
  test('are told to each reader in his language, without those that ask what he may not see', () => {
    const told = (ctx: Ctx) => describe(ctx).entities.find(({ name }) => name === 'parcel')?.views;
    expect(told(sal)).toEqual([
      { name: 'mine', label: 'Mine', where: 'owner = me', sort: null, columns: ['name'], display: 'list' },
    ]);
    expect(told(workspace.system)?.map(({ name }) => name)).toEqual(['mine', 'dear', 'by-margin']);
    const french = describe({ ...sal, locale: 'fr' }).entities.find(({ name }) => name === 'opportunity');
    expect(french?.views[0]?.label).toBe('Les miennes, en cours');
  });

  test('of the product can all be listed', async () => {
    for (const { name, views: brought } of workspace.system.workspace.model.entities.values()) {
      for (const view of name === 'parcel' ? [] : brought) {
        const asked = {
          where: view.where,
          ...(view.sort ? { sort: view.sort } : {}),
          ...(view.columns ? { fields: view.columns } : {}),
        };
        await expect(listRecords(sal, workspace.entity(name), asked), view.name).resolves.toBeDefined();
      }
    }
  });

  test('are verified at start, with every mistake', () => {
    const { model } = workspace.system.workspace;
    const view = { label: same('Wrong'), where: 'owner = me' };
    const wrong = {
      ...parcel,
      views: [
        { ...view, name: 'Mine', where: 'ownr = me' },
        { ...view, name: 'all' },
        { ...view, name: 'board', display: 'board' as const, sort: 'nowhere', columns: ['names'] },
        { ...view, name: 'board' },
      ],
    };
    const told = verifyViews(model, wrong).join('\n');
    for (const part of ['owner', 'kebab-case', 'no board', 'nowhere', 'names', 'called so'])
      expect(told).toContain(part);
    expect(verifyViews(model, parcel)).toEqual([]);
  });
});
