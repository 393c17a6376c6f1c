import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../../src/engine/ctx.ts';
import { keepPlan } from '../../src/engine/query/plan-cache.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { ctxOf } from '../doors/write-doors.ts';
import { type TestDoors, testDoors } from '../harness/doors.ts';

let doors: TestDoors;
beforeAll(async () => {
  doors = await testDoors();
});
afterAll(() => doors.close());

test('a condition that depends on the moment costs only those who are held to it their kept plans', async () => {
  const role = await doors.admin.program('POST', '/roles', { code: 'recent', name: 'Recent' });
  const made = await doors.admin.program('POST', '/rights', {
    role: role.body.id,
    entity: 'contact',
    read: 'all',
    where: 'createdAt <= now',
  });
  expect(made.status, made.text).toBe(201);
  const account = entityOf(doors.workspace.model, 'account');
  const sales = await doors.user('Sal');
  const plansMade = (ctx: Ctx): number => {
    let count = 0;
    for (let times = 0; times < 3; times += 1) keepPlan(ctx, account, ['plans'], undefined, () => ++count);
    return count;
  };
  const ctx = ctxOf(doors, sales, 'api');
  expect(plansMade(ctx)).toBe(1);
  expect(plansMade({ ...ctx, who: { ...ctx.who, roles: ['sales', 'recent'] } })).toBe(3);
  expect(plansMade({ ...ctx, who: { ...ctx.who, roles: ['administrator', 'recent'] } })).toBe(1);
});
