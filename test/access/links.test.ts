import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../src/engine/query/read.ts';
import { createRecords, updateRecords } from '../../src/engine/record/verbs.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import { mistakes, refusal } from '../harness/refusal.ts';
import { productModel } from '../harness/workspace.ts';
import { isAllowed, parentOf, relations } from './oracle.ts';
import { probes } from './probes.ts';
import { type Actor, openStage, type Stage } from './stage.ts';

/** The entities whose records salespeople change with the right to another one, and the field that names it. */
const parts = [...productModel(probes).entities.values()].flatMap((entity) => {
  const level = entity.access.sales?.update;
  return typeof level === 'object' && 'through' in level ? [[entity.name, level.through] as const] : [];
});

let stage: Stage;
let sales: Actor;
beforeAll(async () => {
  stage = await openStage(probes);
  sales = stage.actors.find(({ role }) => role === 'sales') as Actor;
});
afterAll(() => stage.close());

const parentIn = async (entity: Entity, field: string, relation: (typeof relations)[number]) => {
  const values = await stage.values(entity, sales, relation);
  return values[field];
};

describe.each(parts)('%s', (name, field) => {
  test.each(relations)('can be moved to a %s record only by who may change that one', async (relation) => {
    const entity = entityOf(stage.model, name);
    const parent = entityOf(stage.model, parentOf(entity, field));
    const [made] = await createRecords(stage.system(), entity, [await stage.values(entity, sales, 'own')]);
    const id = made?.id ?? '';
    const to = await parentIn(entity, field, relation);
    const move = () => updateRecords(sales.ctx(), entity, [{ id, values: { [field]: to } }]);
    if (isAllowed(stage.model, parent, 'sales', 'update', relation)) {
      await move();
      return;
    }
    const before = await stage.fingerprint();
    expect(mistakes(await refusal(move()))[0]?.[0]).toBe(field);
    expect(await stage.fingerprint()).toEqual(before);
    expect((await readRecord(stage.system(), entity, id)).version).toBe(made?.version);
  });
});
