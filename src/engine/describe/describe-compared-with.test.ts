import { afterAll, beforeAll, expect, describe as group, it } from 'vitest';
import { type TestWorkspace, testWorkspace } from '../../../test/harness/workspace.ts';
import type { Ctx } from '../ctx.ts';
import { describeEntity } from './describe.ts';

let place: TestWorkspace;
let ana: Ctx;
beforeAll(async () => {
  place = await testWorkspace();
  ana = await place.user('Ana');
});
afterAll(() => place.close());

/** Somebody whose roles don’t let him see a field, or any record, of leads. */
const without = (ctx: Ctx, hidden: 'lead' | 'email'): Ctx => ({
  ...ctx,
  workspace: {
    ...ctx.workspace,
    rights: {
      ...ctx.workspace.rights,
      grantOf: (role, entity) =>
        hidden === 'lead' && entity === 'lead'
          ? { levels: {}, filter: null }
          : ctx.workspace.rights.grantOf(role, entity),
      fieldRightOf: (role, entity, field) =>
        entity === 'lead' && field === hidden
          ? { read: false, write: false }
          : ctx.workspace.rights.fieldRightOf(role, entity, field),
    },
  },
});
const told = (ctx: Ctx, name: string) => describeEntity(ctx, place.entity(name));

group('what records of an entity are compared with', () => {
  it('is told from both sides, and to nobody who reads none of the other', () => {
    expect(told(ana, 'lead').comparedWith).toMatchObject([
      { entity: 'contact', declares: true, named: ['contact', 'convertedContact'] },
    ]);
    expect(told(ana, 'contact').comparedWith).toMatchObject([{ entity: 'lead', declares: false, named: [] }]);
    expect(told(without(ana, 'lead'), 'contact').comparedWith).toEqual([]);
    expect(told(ana, 'account').comparedWith).toEqual([]);
  });

  it('is told by fields that the reader sees on both sides', () => {
    const fields = (ctx: Ctx, name: string) => told(ctx, name).comparedWith.flatMap((each) => each.fields);
    expect(fields(ana, 'contact')).toContainEqual(['email', 'email']);
    for (const name of ['lead', 'contact'])
      expect(fields(without(ana, 'email'), name)).not.toContainEqual(['email', 'email']);
  });

  it('and what each criterion counts, to those alone who may say otherwise', () => {
    expect(told(ana, 'lead').duplicateMatching).toBeNull();
    expect(told(place.system, 'opportunity').duplicateMatching).toBeNull();
    const criteria = (ctx: Ctx) =>
      told(ctx, 'lead').duplicateMatching?.criteria.flatMap(({ anyOf }) => anyOf);
    expect(criteria(place.system)).toContain('email');
    // An administrator sees every field; a role that may keep these rules perhaps not.
    const keeper = without(ana, 'email');
    const { rights } = keeper.workspace;
    const grantOf: typeof rights.grantOf = (role, entity) =>
      entity === 'duplicate-rule'
        ? { levels: { create: 'all', read: 'all' }, filter: null }
        : rights.grantOf(role, entity);
    const hers = criteria({ ...keeper, workspace: { ...keeper.workspace, rights: { ...rights, grantOf } } });
    expect(hers).toContain('phone');
    expect(hers).not.toContain('email');
  });
});
