import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderBulk } from '../../src/engine/bulk/order.ts';
import { readRun } from '../../src/engine/bulk/runs.ts';
import { recordsOut } from '../../src/engine/bulk/view.ts';
import { workOnBulk } from '../../src/engine/bulk/work.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { removeRecords } from '../../src/engine/record/verbs.ts';
import { administrator } from '../../src/model/access.ts';
import type { BulkOrder } from '../../src/model/bulk.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import { refusal } from '../harness/refusal.ts';
import { productModel } from '../harness/workspace.ts';
import { changeOf } from './change-of.ts';
import { declaredLevel, isAllowed, noRole, relations } from './oracle.ts';
import { probes } from './probes.ts';
import { type Actor, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(probes);
});
afterAll(() => stage.close());

const actorOf = (role: string): Actor => stage.actors.find((each) => each.role === role) as Actor;

/** Goes through with an order, and tells each of its records with what became of it. */
async function outcomesOf(actor: Actor, entity: Entity, order: BulkOrder) {
  const id = await orderBulk(actor.ctx(), entity, order);
  await workOnBulk(stage.system(), id, (error) => {
    throw error;
  });
  const run = await readRun(actor.ctx(), id);
  expect(run.state, `${actor.role}: ${order.verb} ${entity.plural}`).toBe('done');
  const { items } = await recordsOut(actor.ctx(), run, { limit: 10 });
  return items.map(({ record, outcome, reasons }) => ({
    id: record.id,
    label: record.label,
    outcome,
    codes: reasons.map(({ code }) => code),
  }));
}

describe.each([administrator, 'sales', noRole])('as %s', (role) => {
  test.each([...productModel(probes).entities.keys()])(
    '%s: many at once reach no more than one by one, and no record is shown or touched beyond that',

    async (name) => {
      const actor = actorOf(role);
      const entity = entityOf(stage.model, name);
      const level = (action: 'read' | 'update' | 'remove' | 'massChange') =>
        declaredLevel(entity, role, action);
      // What stands to somebody as the record it belongs to is changed with that one, as many as there are.
      const isLink = Object.values(entity.access).some((grant) =>
        Object.values(grant).some((each) => typeof each === 'object' && 'through' in each),
      );
      for (const relation of relations) {
        const id = await stage.make(entity, actor, relation);
        for (const verb of ['update', 'remove', 'restore'] as const) {
          const needs = verb === 'update' ? 'update' : 'remove';
          const values = verb === 'update' ? { values: changeOf(entity, actor) } : {};
          const what = `${role}: ${verb} a ${relation} ${name}`;
          if (verb === 'restore' && (await readRecord(stage.system(), entity, id).catch(() => null)))
            await removeRecords(stage.system(), entity, [{ id }]);
          const order: BulkOrder = { verb, ids: [id], ...values };
          const isNever =
            level('read') === 'none' ||
            level(needs) === 'none' ||
            (!isLink && level('massChange') === 'none');
          if (isNever) {
            const before = await stage.fingerprint();
            const { code } = await refusal(orderBulk(actor.ctx(), entity, order));
            expect(code, what).toBe('forbidden');
            expect(await stage.fingerprint(), what).toEqual(before);
            continue;
          }
          const allowed = (action: 'read' | 'update' | 'remove' | 'massChange'): boolean =>
            isAllowed(stage.model, entity, role, action, relation);
          const may = allowed('read') && allowed(needs) && (isLink || allowed('massChange'));
          const before = may ? null : await readRecord(stage.system(), entity, id, { removed: true });
          const [told] = await outcomesOf(actor, entity, order);
          expect(told?.outcome, `${what}: ${told?.codes.join()}`).toMatch(
            may ? /^(un)?changed$/ : /^refused$/,
          );
          if (may) continue;
          expect(await readRecord(stage.system(), entity, id, { removed: true }), what).toEqual(before);
          if (allowed('read')) continue;
          expect(told, what).toMatchObject({ label: null, codes: ['record-not-found'] });
        }
      }
    },
  );
});

test('a filter finds only what its asker may read, and what he may not change is told and left', async () => {
  const sales = actorOf('sales');
  const account = entityOf(stage.model, 'account');
  const ids = new Map<string, string>();
  for (const relation of relations) ids.set(relation, await stage.make(account, sales, relation));
  const where = `id in (${[...ids.values()].map((id) => `"${id}"`).join(', ')})`;
  const told = await outcomesOf(sales, account, {
    verb: 'update',
    where,
    values: { description: 'by filter' },
  });
  expect(new Map(told.map(({ id, outcome }) => [id, outcome]))).toEqual(
    new Map([
      [ids.get('own'), 'changed'],
      [ids.get('team-mate’s'), 'refused'],
    ]),
  );
});

test('rights taken away while a run waits hold from its next records on', async () => {
  const sales = actorOf('sales');
  const account = entityOf(stage.model, 'account');
  const id = await stage.make(account, sales, 'own');
  const run = await orderBulk(sales.ctx(), account, {
    verb: 'update',
    ids: [id],
    values: { description: 'late' },
  });
  const { body } = await stage.doors.admin.browser('GET', `/users/${sales.caller.id}`);
  const stripped = await stage.doors.admin.browser('PATCH', `/users/${sales.caller.id}`, {
    version: body.version,
    roles: [],
  });
  expect(stripped.status, stripped.text).toBe(200);
  await workOnBulk(stage.system(), run);
  expect((await readRecord(stage.system(), account, id)).description).toBeNull();
  expect(await readRun(sales.ctx(), run)).toMatchObject({ changed: 0 });
});
