import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrator } from '../../src/model/access.ts';
import { entityOf } from '../../src/model/declarations.ts';
import { productModel } from '../harness/workspace.ts';
import { isAllowed, noRole, relations } from './oracle.ts';
import { type Actor, openStage, type Stage } from './stage.ts';

/** Every declared verb, and every entity whose duplicates are looked for. */
const model = productModel();
const verbs = [...model.verbs.values()].flat().map((verb) => [verb.entity, verb.name] as const);
const recognised = [...model.entities.values()].filter(({ duplicates }) => duplicates !== null);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage([]);
});
afterAll(() => stage.close());

const actorOf = (role: string): Actor => stage.actors.find((each) => each.role === role) as Actor;
const roles = [administrator, 'sales', noRole] as const;

describe.each(verbs)('%s, %s', (name, verbName) => {
  const verb = model.verbs.get(name)?.find((each) => each.name === verbName);

  test.each(roles.flatMap((role) => relations.map((relation) => [role, relation] as const)))(
    'as %s on a %s record is done by who may, and refused without a trace to others',
    async (role, relation) => {
      const actor = actorOf(role);
      const entity = entityOf(stage.model, name);
      const id = await stage.make(entity, actor, relation);
      const may = isAllowed(stage.model, entity, role, verb?.needs ?? 'update', relation);
      const sees = isAllowed(stage.model, entity, role, 'read', relation);
      const before = await stage.fingerprint();
      const path = `/${entity.plural}/${id}/${verbName}`;
      const offer = await actor.caller.program('GET', path);
      // Asked for nothing, a verb that may be done still says what it needs; that is no matter of rights.
      const done = await actor.caller.program('POST', path, {});
      const refused = sees ? [403] : [403, 404];
      expect(may ? [200] : refused, offer.text).toContain(offer.status);
      expect(may ? [200, 422] : refused, done.text).toContain(done.status);
      if (done.status !== 200) expect(await stage.fingerprint()).toEqual(before);
    },
  );
});

describe.each(recognised.map(({ name }) => name))('records like a new %s', (name) => {
  test.each(roles.flatMap((role) => relations.map((relation) => [role, relation] as const)))(
    'to %s tell of a %s record only who may read it',
    async (role, relation) => {
      const actor = actorOf(role);
      const entity = entityOf(stage.model, name);
      const id = await stage.make(entity, actor, relation);
      const email = `${id}@alike.example`;
      const { version } = (await stage.doors.admin.program('GET', `/${entity.plural}/${id}`)).body;
      await stage.doors.admin.program('PATCH', `/${entity.plural}/${id}`, { version, email });
      const answer = await actor.caller.program('POST', `/${entity.plural}/duplicates`, { email });
      const found = answer.status === 200 ? answer.body.items.map((item) => item.id) : [];
      expect(found).toEqual(isAllowed(stage.model, entity, role, 'read', relation) ? [id] : []);
    },
  );
});
