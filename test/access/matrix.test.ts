import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history } from '../../src/engine/events/history.ts';
import { readRecord } from '../../src/engine/query/read.ts';
import { linkRecords, removeRecords, restoreRecords } from '../../src/engine/record/verbs.ts';
import { type Action, administrator } from '../../src/model/access.ts';
import { entityOf } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import { productModel } from '../harness/workspace.ts';
import { changeOf } from './change-of.ts';
import { type Knocks, matrixDoors, type Outcome } from './knocks.ts';
import { declaredLevel, isAllowed, noRole, parentOf, type Relation, relations } from './oracle.ts';
import { probes } from './probes.ts';
import { type Actor, isMadeBySystem, openStage, type Stage } from './stage.ts';

const declared = productModel(probes);
const entities = [...declared.entities.values()];

let stage: Stage;
let cells = 0;
/** What is stored, as long as nothing was written since it was looked at. */
let stored: Readonly<Record<string, string>> | null = null;
beforeAll(async () => {
  stage = await openStage(probes);
});
afterAll(() => stage.close());

const roles = [administrator, 'sales', noRole] as const;

describe.each(roles)('as %s', (role) => {
  describe.each(Object.keys(matrixDoors))('through %s', (door) => {
    test.each(entities.map((entity) => entity.name))(
      '%s: every verb on own, team-mate’s and stranger’s',

      async (name) => {
        const actor = stage.actors.find((each) => each.role === role) as Actor;
        const entity = entityOf(stage.model, name);
        const knocks = matrixDoors[door]?.(actor, entity) as Knocks;
        const ids = new Map<Relation, string>();
        stored = null;
        for (const relation of relations) ids.set(relation, await stage.make(entity, actor, relation));
        await lookAround(knocks, entity, actor, ids);
        for (const relation of relations)
          await lifeOf(knocks, entity, actor, relation, ids.get(relation) ?? '');
      },
    );
  });
});

test('the matrix had a cell for every entity, role, relation, verb and door', () => {
  const perRecord = 10;
  const links = entities.reduce((sum, entity) => sum + Object.keys(entity.links).length, 0);
  const lists = entities.length * 4;
  const each = entities.length * perRecord + links * 2;
  expect(cells).toBe(roles.length * Object.keys(matrixDoors).length * (relations.length * each + lists));
  expect(cells).toBeGreaterThan(2500);
});

/** A knock whose outcome the oracle knows; a refused one must have written nothing, anywhere. */
async function expectKnock(
  what: string,
  expected: number | readonly number[],
  knock: () => Promise<Outcome>,
): Promise<Outcome> {
  cells += 1;
  const statuses = typeof expected === 'number' ? [expected] : expected;
  const isRefusal = statuses.every((status) => status >= 400);
  const before = isRefusal ? (stored ?? (await stage.fingerprint())) : null;
  const answer = await knock();
  expect(statuses, `${what}: ${answer.status} ${JSON.stringify(answer.body)}`).toContain(answer.status);
  stored = before ? await stage.fingerprint() : null;
  if (before) expect(stored, `${what} was refused and yet wrote`).toEqual(before);
  return answer;
}

/** Reading, changing, removing and the rest, on one record. */
async function lifeOf(
  knocks: Knocks,
  entity: Entity,
  actor: Actor,
  relation: Relation,
  id: string,
): Promise<void> {
  const may = (action: Action, of = entity): boolean =>
    isAllowed(stage.model, of, actor.role, action, relation);
  const cell = (verb: string): string => `${actor.role}: ${verb} a ${relation} ${entity.name}`;
  const hasNone = (action: Action, of = entity): boolean => declaredLevel(of, actor.role, action) === 'none';
  const reading = hasNone('read') ? 403 : may('read') ? 200 : 404;
  // Who may read nothing here learns nothing either way: whether he lacks the right or the record isn't there.
  const writing = (action: Action, of = entity): number | readonly number[] => {
    if (hasNone('read', of)) return [403, 404];
    return may('read', of) ? (may(action, of) ? 200 : 403) : 404;
  };
  /** A record can only name what its maker may read. */
  const mayName = (of: Entity): boolean =>
    Object.values(of.fields)
      .filter((field) => field.required && field.options.to !== undefined)
      .every((field) => may('read', entityOf(stage.model, parentOf(of, field.name))));
  const making = (of = entity): number =>
    hasNone('create', of) ? 403 : may('create', of) && mayName(of) && !isMadeBySystem(of) ? 201 : 422;

  stored = null;
  const values = await stage.values(entity, actor, relation);
  await expectKnock(cell('create'), making(), () => knocks.create(values));
  await expectKnock(cell('read'), reading, () => knocks.read(id));
  await expectKnock(cell('see the history of'), reading, () => knocks.history(id));
  await expectKnock(cell('read the past of'), reading, () => knocks.readPast(id));
  const { version } = await readRecord(stage.system(), entity, id);
  await expectKnock(cell('update'), writing('update'), () =>
    knocks.update(id, version, changeOf(entity, actor)),
  );

  const [latest] = (await history(stage.system(), entity, id)).items;
  const isCreation = latest?.verb === 'create';
  const undone = await expectKnock(
    cell(`undo the latest ${latest?.verb} of`),
    writing(isCreation ? 'remove' : 'update'),
    () => knocks.undo(id, latest?.id ?? ''),
  );
  stored = null;
  if (isCreation && undone.status === 200) await restoreRecords(stage.system(), entity, [id]);

  for (const [name, link] of Object.entries(entity.links)) {
    const through = entityOf(stage.model, link.through);
    const target = String(through.fields[link.to]?.options.to);
    stored = null;
    const to = await stage.make(entityOf(stage.model, target), actor, relation);
    const linked = await expectKnock(cell(`link ${name} to`), making(through), () =>
      knocks.link(id, name, to),
    );
    stored = null;
    if (linked.status !== 201) await linkRecords(stage.system(), entity, id, name, [{ to }]);
    await expectKnock(cell(`unlink ${name} from`), writing('remove', through), () =>
      knocks.unlink(id, name, to),
    );
  }

  const removed = await expectKnock(cell('remove'), writing('remove'), () => knocks.remove(id));
  stored = null;
  if (removed.status !== 200) await removeRecords(stage.system(), entity, [{ id }]);
  await expectKnock(cell('read the removed one of'), reading, () => knocks.readRemoved(id));
  const bin = await expectKnock(cell('list the removed one of'), reading === 403 ? 403 : 200, () =>
    knocks.list(`id = "${id}"`, true),
  );
  expect(found(bin), cell('list the removed one of')).toEqual(reading === 200 ? [id] : []);
  await expectKnock(cell('restore'), writing('remove'), () => knocks.restore(id));
}

/** What lists, pages, totals and search show of three records that stand to the reader in the three relations. */
async function lookAround(
  knocks: Knocks,
  entity: Entity,
  actor: Actor,
  ids: ReadonlyMap<Relation, string>,
): Promise<void> {
  const visible = relations
    .filter((relation) => isAllowed(stage.model, entity, actor.role, 'read', relation))
    .map((relation) => ids.get(relation) ?? '');
  const status = declaredLevel(entity, actor.role, 'read') === 'none' ? 403 : 200;
  const where = `id in (${[...ids.values()].map((id) => `"${id}"`).join(', ')})`;
  const what = `${actor.role}: ${entity.plural}`;

  const listed = await expectKnock(`${what} in a list`, status, () => knocks.list(where, false));
  expect(found(listed).sort(), `${what} in a list`).toEqual([...visible].sort());
  if (status === 200) expect((listed.body as { total: number }).total).toBe(visible.length);

  const walked: string[] = [];
  await expectKnock(`${what} page by page`, status, async () => {
    let answer = await knocks.page(where, null);
    walked.push(...found(answer));
    for (let next = nextOf(answer); next !== null; next = nextOf(answer)) {
      answer = await knocks.page(where, next);
      walked.push(...found(answer));
    }
    return answer;
  });
  expect(walked.sort(), `${what} page by page`).toEqual([...visible].sort());

  const counted = await expectKnock(`${what} in totals`, status, () => knocks.totals(where));
  if (status === 200) {
    const { groups } = counted.body as { groups: { count: number }[] };
    expect(
      groups.reduce((sum, { count }) => sum + count, 0),
      `${what} in totals`,
    ).toBe(visible.length);
  }

  const searched: string[] = [];
  await expectKnock(`${what} in search`, 200, async () => {
    let last: Outcome = { status: 200, body: {} };
    for (const id of ids.values()) {
      const word = await wordOf(entity, id);
      if (word === null) continue;
      last = await knocks.search(word);
      const { groups } = last.body as { groups: { items: { id: string }[] }[] };
      searched.push(...groups.flatMap(({ items }) => items.map((item) => item.id)));
    }
    return last;
  });
  expect(searched.sort(), `${what} in search`).toEqual(entity.search.length > 0 ? [...visible].sort() : []);
}

const found = ({ body }: Outcome): string[] =>
  ((body as { items?: { id: string }[] }).items ?? []).map(({ id }) => id);

const nextOf = ({ body }: Outcome): string | null => (body as { next?: string | null }).next ?? null;

/** The word by which quick search finds the record, read from its title; null when a reference names it. */
async function wordOf(entity: Entity, id: string): Promise<string | null> {
  const record = await readRecord(stage.system(), entity, id);
  return /zq\d+x/.exec(JSON.stringify(record[entity.title]))?.[0] ?? null;
}
