import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history } from '../../src/engine/events/history.ts';
import { readableNews } from '../../src/engine/events/readable-news.ts';
import { openImport } from '../../src/engine/import/open.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { Problem, problemKinds } from '../../src/lib/problem.ts';
import type { Action } from '../../src/model/access.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import { productModel } from '../harness/workspace.ts';
import { changeOf } from './change-of.ts';
import { type DataPerson, dataPeople, isEverGranted, isGranted, settle } from './data-roles.ts';
import { allDoors, type Outcome } from './knocks.ts';
import { type Relation, relations } from './oracle.ts';
import { probes } from './probes.ts';
import { type Actor, isMadeBySystem, openStage, type Stage } from './stage.ts';

const entities = [...productModel(probes).entities.values()];
const doorNames = Object.keys(allDoors);

let stage: Stage;
let people: ReadonlyMap<string, Actor>;
const seen = new Set<string>();
beforeAll(async () => {
  stage = await openStage(probes);
  people = await settle(stage, entities);
});
afterAll(() => stage.close());

/** A record of each relation, twice: what is done to several at once needs two. */
type Made = ReadonlyMap<Relation, readonly [string, string]>;

describe.each(dataPeople)('$name with the roles $roles', (person) => {
  test.each(entities.map(({ name }) => name))('%s', async (name) => {
    const actor = people.get(person.name) as Actor;
    const entity = entityOf(stage.model, name);
    const made = new Map<Relation, readonly [string, string]>();
    for (const relation of relations)
      made.set(relation, [
        await stage.make(entity, actor, relation),
        await stage.make(entity, actor, relation),
      ]);
    await reading(person, actor, entity, made);
    await refusals(person, actor, entity, made);
    await writing(person, actor, entity, made);
    seen.add(`${person.name} ${name}`);
  });
});

test('every entity met every person', () => {
  expect(seen.size).toBe(dataPeople.length * entities.length);
  expect(doorNames).toEqual(['verbs', 'REST', 'browser']);
});

/** One and the same knock at each door in turn: every action comes to every door, over all entities. */
let turn = 0;
function callOf({ caller }: Actor): Actor['caller']['program'] {
  turn += 1;
  return turn % 2 === 0 ? caller.program : caller.browser;
}

/** The verbs, and a program or the browser in turn: a record is asked for at two doors, a list at all. */
function doorsNow(): readonly string[] {
  turn += 1;
  return ['verbs', turn % 2 === 0 ? 'REST' : 'browser'];
}

async function reading(person: DataPerson, actor: Actor, entity: Entity, made: Made): Promise<void> {
  const can = (action: Action, relation: Relation) => isGranted(person, entity, action, relation);
  const ever = isEverGranted(person, entity, 'read');
  const readable = relations.filter((relation) => can('read', relation));
  const idsOf = (those: readonly Relation[]) => those.flatMap((each) => made.get(each) ?? []).sort();
  const all = idsOf(relations);
  const where = `id in (${all.map((id) => `"${id}"`).join(', ')})`;
  const path = `/${entity.plural}`;
  const those = doorsNow();
  for (const door of doorNames) {
    const knocks = allDoors[door]?.(actor, entity) as ReturnType<(typeof allDoors)['verbs']>;
    const listed = await knocks.list(where, false);
    expect(listed.status, `${door}: list`).toBe(ever ? 200 : 403);
    if (ever) expect(idsIn(listed.body), `${door}: list`).toEqual(idsOf(readable));
    const totals = await knocks.totals(where);
    expect(totals.status, `${door}: totals`).toBe(ever ? 200 : 403);
    if (ever) expect(sumOf(totals.body), `${door}: totals`).toBe(2 * readable.length);
    if (!those.includes(door)) continue;
    for (const relation of relations) {
      const [id] = made.get(relation) as readonly [string, string];
      const expected = can('read', relation) ? 200 : ever ? 404 : 403;
      for (const verb of ['read', 'history', 'readPast'] as const)
        expect((await knocks[verb](id)).status, `${door}: ${verb} ${relation}`).toBe(expected);
    }
  }

  const exported = await callOf(actor)(
    'GET',
    `${path}/export?${new URLSearchParams({ format: 'jsonl', where, fields: 'id' })}`,
  );
  const exportable = readable.filter((relation) => can('export', relation));
  const mayExport = ever && isEverGranted(person, entity, 'export');
  expect(exported.status, exported.text).toBe(mayExport ? 200 : 403);
  if (mayExport) {
    const lines = exported.text.split('\n').filter(Boolean);
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id).sort()).toEqual(idsOf(exportable));
  }

  const written = all.map((id) => ({ entity: entity.name, id, version: 1, verb: 'update' as const }));
  const news = await readableNews(actor.ctx(), written);
  expect(news.map(({ id }) => id).sort(), 'live').toEqual(idsOf(readable));

  for (const relation of relations) {
    const [id] = made.get(relation) as readonly [string, string];
    const hidden = ever ? [404] : [403, 404];
    const why = await callOf(actor)('GET', `${path}/${id}/access`);
    expect(can('read', relation) ? [200] : hidden, `why ${relation}: ${why.text}`).toContain(why.status);
    const judged = await callOf(actor)('POST', `${path}/judge`, { id, values: {} });
    if (!can('read', relation)) expect([403, 404], `judge: ${judged.text}`).toContain(judged.status);
    else expect([200, 403], `judge: ${judged.text}`).toContain(judged.status);
    for (const verb of stage.model.verbs.get(entity.name) ?? []) {
      const offer = await callOf(actor)('GET', `${path}/${id}/${verb.name}`);
      const refused = can('read', relation) ? [403] : [403, 404];
      expect(
        can(verb.needs, relation) && can('read', relation) ? [200] : refused,
        `${verb.name} ${relation}: ${offer.text}`,
      ).toContain(offer.status);
    }
  }
}

/** Everything this person may not do, at all doors; then nothing at all is written. */
async function refusals(person: DataPerson, actor: Actor, entity: Entity, made: Made): Promise<void> {
  const { plural } = entity;
  const knocked: (readonly [string, readonly number[], () => Promise<Outcome>])[] = [];
  const refused = (what: string, statuses: readonly number[], knock: () => Promise<Outcome>): void => {
    knocked.push([what, statuses, knock]);
  };
  for (const relation of relations) {
    const ids = made.get(relation) as readonly [string, string];
    const [id] = ids;
    const can = (action: Action) => isGranted(person, entity, action, relation);
    const no = can('read') ? [403] : [403, 404];
    const { version } = await readRecord(stage.system(), entity, id);
    const latest = (await history(stage.system(), entity, id)).items[0];
    const values = await stage.values(entity, actor, relation);
    for (const door of doorsNow()) {
      const knocks = allDoors[door]?.(actor, entity) as ReturnType<(typeof allDoors)['verbs']>;
      const what = (verb: string) => `${door}: ${verb} ${relation}`;
      if (!can('read') || !can('update'))
        refused(what('update'), no, () => knocks.update(id, version, changeOf(entity, actor)));
      if (!can('read') || !can('remove')) {
        refused(what('remove'), no, () => knocks.remove(id));
        refused(what('restore'), [403, 404], () => knocks.restore(id));
        if (latest?.verb === 'create') refused(what('undo'), no, () => knocks.undo(id, latest.id));
      }
      if (!can('create')) refused(what('create'), [403, 422], () => knocks.create(values));
    }
    const changes = ids.map((each) => ({ id: each, version: 1, ...changeOf(entity, actor) }));
    const mayChange = can('read') && can('update') && can('massChange');
    const mayRemove = can('read') && can('remove') && can('massChange');
    if (!mayChange && !isOfLinks(entity))
      refused(`mass change ${relation}`, [403, 404], () => callOf(actor)('PATCH', `/${plural}`, changes));
    if (!mayRemove && !isOfLinks(entity))
      refused(`mass removal ${relation}`, [403, 404], () =>
        callOf(actor)(
          'DELETE',
          `/${plural}`,
          ids.map((each) => ({ id: each })),
        ),
      );
    if (!can('read') || !can('remove'))
      refused(`bulk restore ${relation}`, [403, 404], () =>
        callOf(actor)('POST', `/${plural}/restore`, bodies(ids)),
      );
    // Whoever may change the one and remove the other may merge them; nobody else, not even to look what it came to.
    if (!can('read') || !can('update') || !can('remove'))
      for (const preview of [true, false])
        refused(`merge ${relation}`, [403, 404, 409], () =>
          callOf(actor)('POST', `/${plural}/${id}/merge`, { with: ids.slice(1, 2), preview }),
        );
    refused(`erase ${relation}`, [403, 404, 422], () =>
      callOf(actor)('POST', `/${plural}/${id}/erase`, { confirm: true }),
    );
    if (latest?.batch)
      for (const method of ['GET', 'POST'] as const)
        refused(`somebody else’s batch ${relation}`, [404], () =>
          callOf(actor)(method, `/batches/${latest.batch}${method === 'POST' ? '/undo' : ''}`),
        );
    for (const verb of stage.model.verbs.get(entity.name) ?? [])
      if (!can('read') || !can(verb.needs))
        refused(`${verb.name} ${relation}`, no, () =>
          callOf(actor)('POST', `/${plural}/${id}/${verb.name}`, {}),
        );
  }
  if (!isEverGranted(person, entity, 'import') || !isEverGranted(person, entity, 'create')) {
    const file = { entity: entity.name, fileName: 'x.csv', bytes: Buffer.from('Name\nx\n') };
    refused('import', [403, 422], () =>
      openImport(actor.ctx(), file).then(
        (body) => ({ status: 201, body }),
        (error: unknown) => {
          if (!(error instanceof Problem)) throw error;
          return { status: problemKinds[error.code].status, body: error.detail };
        },
      ),
    );
  }
  await exportsSettled();
  const before = await stage.fingerprint();
  for (const [what, statuses, knock] of knocked) {
    const answer = await knock();
    expect
      .soft(statuses, `${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
      .toContain(answer.status);
  }
  expect(await stage.fingerprint(), 'something refused was written all the same').toEqual(before);
}

/** An export's note in the security log is completed after its last byte has left. */
async function exportsSettled(): Promise<void> {
  await expect
    .poll(async () => {
      const { body } = await stage.doors.admin.program(
        'GET',
        `/security-events?${new URLSearchParams({ where: 'outcome = "under-way"', count: 'exact' })}`,
      );
      return body.total;
    })
    .toBe(0);
}

/** What this person may do is done, each relation at a door of its own. */
async function writing(person: DataPerson, actor: Actor, entity: Entity, made: Made): Promise<void> {
  for (const [index, relation] of relations.entries()) {
    const can = (action: Action) => isGranted(person, entity, action, relation);
    if (!can('read')) continue;
    const ids = made.get(relation) as readonly [string, string];
    const [id] = ids;
    const door = doorNames[(index + turn) % doorNames.length] ?? '';
    const knocks = allDoors[door]?.(actor, entity) as ReturnType<(typeof allDoors)['verbs']>;
    const done = async (what: string, knock: () => Promise<Outcome>): Promise<void> => {
      const answer = await knock();
      const told = `${door}: ${what} ${relation}: ${answer.status} ${JSON.stringify(answer.body)}`;
      expect.soft([200, 201], told).toContain(answer.status);
    };
    if (can('update')) {
      const { version } = await readRecord(stage.system(), entity, id);
      // What nobody writes but the system takes another owner only, who may lie beyond a row filter.
      const { owner: _, ...change } = changeOf(entity, actor);
      await done('update', () => knocks.update(id, version, change));
    }
    if (can('remove') && !isMadeBySystem(entity)) {
      await done('remove', () => knocks.remove(id));
      await done('restore', () => callOf(actor)('POST', `/${entity.plural}/restore`, bodies([id])));
      if (can('massChange')) {
        await done('mass removal', () =>
          callOf(actor)(
            'DELETE',
            `/${entity.plural}`,
            ids.map((each) => ({ id: each })),
          ),
        );
        await done('bulk restore', () => callOf(actor)('POST', `/${entity.plural}/restore`, bodies(ids)));
      }
    }
  }
}

const bodies = (ids: readonly string[]) => ids.map((id) => ({ id }));

const isOfLinks = (entity: Entity): boolean =>
  Object.values(entity.access).some((grant) =>
    Object.values(grant).some((level) => typeof level === 'object' && 'through' in level),
  );

const idsIn = (body: unknown): string[] =>
  (body as { items: { id: string }[] }).items.map(({ id }) => id).sort();

const sumOf = (body: unknown): number =>
  (body as { groups: { count: number }[] }).groups.reduce((sum, { count }) => sum + count, 0);
