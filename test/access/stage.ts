import { type Ctx, systemWho } from '../../src/engine/ctx.ts';
import { createRecords } from '../../src/engine/record/verbs.ts';
import { fieldType } from '../../src/fields/index.ts';
import { administrator } from '../../src/model/access.ts';
import { entityOf, type Model } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Field } from '../../src/model/field.ts';
import { type Caller, type TestDoors, testDoors } from '../harness/doors.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { noRole, type Relation } from './oracle.ts';

/** Somebody of one role: at the HTTP doors, and as the engine knows him. */
export interface Actor {
  readonly role: string;
  readonly caller: Caller;
  readonly ctx: () => Ctx;
}

/** Whose a record is. */
interface Belonging {
  readonly owner: string;
  readonly teams: readonly string[];
}

/** The people of the matrix, on a database of its own, and how records come to be in it. */
export interface Stage {
  readonly doors: TestDoors;
  readonly model: Model;
  readonly system: () => Ctx;
  readonly actors: readonly Actor[];
  /** What somebody says to make a record of `entity`, so that it stands to `actor` in `relation`; the records it names are made. */
  values(entity: Entity, actor: Actor, relation: Relation): Promise<Record<string, unknown>>;
  /** Makes such a record. */
  make(entity: Entity, actor: Actor, relation: Relation): Promise<string>;
  /** How many rows each table has and which transactions wrote them: equal when and only when nothing was written. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

/** A word that no other value of the test holds, by which a record is told and found. */
export const newWord = (
  (count) => () =>
    `zq${++count}x`
)(0);

/** Opens the stage: an administrator, a salesperson and somebody without a role, all three of one team. */
export async function openStage(more: readonly Entity[]): Promise<Stage> {
  const doors = await testDoors({ more });
  const { db, workspace } = doors;
  const { model } = workspace;
  const ctxOf = (who: Ctx['who']): Ctx => ({
    who,
    workspace,
    locale: 'en',
    timeZone: 'UTC',
    now: new Date(),
    db,
    door: who === systemWho ? 'system' : 'api',
    batch: null,
  });
  const system = () => ctxOf(systemWho);
  const [north = '', south = ''] = (
    await createRecords(system(), entityOf(model, 'team'), [{ name: 'North' }, { name: 'South' }])
  ).map(({ id }) => id);
  const join = async (caller: Caller, team: string): Promise<void> => {
    const { body } = await doors.admin.browser('GET', `/users/${caller.id}`);
    const change = { version: body.version, memberOf: [team] };
    const answer = await doors.admin.browser('PATCH', `/users/${caller.id}`, change);
    if (answer.status !== 200) throw new Error(answer.text);
  };
  const sales = await doors.user('Sal');
  const [mate, stranger, nobody] = [
    await doors.user('Mia'),
    await doors.user('Stu'),
    await doors.user('Nil', []),
  ];
  for (const caller of [doors.admin, sales, mate, nobody]) await join(caller, north);
  await join(stranger, south);
  const actor = (role: string, caller: Caller, roles: readonly string[]): Actor => ({
    role,
    caller,
    ctx: () => ctxOf({ userId: caller.id, name: role, roles, teams: [north] }),
  });
  const belonging = (of: Actor, relation: Relation): Belonging =>
    ({
      own: { owner: of.caller.id, teams: [] },
      'team-mate’s': { owner: mate.id, teams: [north] },
      'stranger’s': { owner: stranger.id, teams: [south] },
    })[relation];

  const stage: Stage = {
    doors,
    model,
    system,
    actors: [
      actor(administrator, doors.admin, [administrator]),
      actor('sales', sales, ['sales']),
      actor(noRole, nobody, []),
    ],
    values: async (entity, of, relation) => ({
      ...belonging(of, relation),
      ...(await exampleInput(entity, (target) => stage.make(entityOf(model, target), of, relation))),
    }),
    async make(entity, of, relation) {
      const values = await stage.values(entity, of, relation);
      for (const field of needed(entity)) if (field.readOnly) values[field.name] = exampleOf(field);
      const [made] = await createRecords(system(), entity, [values]);
      return made?.id ?? '';
    },
    fingerprint: () => fingerprint(db, workspace.schema),
    close: () => doors.close(),
  };
  return stage;
}

/** What somebody says to make a record of `entity`, no more than is needed; `make` makes the records that it names. */
export async function exampleInput(
  entity: Entity,
  make: (target: string) => Promise<string>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const field of needed(entity)) {
    if (field.readOnly) continue;
    const to = field.options.to;
    const target = String(Array.isArray(to) ? to.at(-1) : to);
    const known = sensible[entity.name]?.[field.name];
    if (known !== undefined) values[field.name] = known;
    else if (to === undefined) values[field.name] = exampleOf(field);
    else {
      const id = await make(target);
      values[field.name] = Array.isArray(to) ? { entity: target, id } : id;
    }
  }
  return values;
}

/** What fields hold that take no made-up text: names of what is declared. */
const sensible: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'base-value': { list: 'source' },
  right: { entity: 'account' },
  'field-right': { entity: 'account', field: 'phone' },
  'saved-view': { entity: 'saved-view' },
  'view-choice': { entity: 'saved-view', view: 'all' },
  'custom-field': { entity: 'probe-own' },
  'custom-relation': { from: 'probe-own', to: 'probe-reader' },
  'duplicate-rule': { entity: 'contact', criterion: 'birthday', points: 20 },
  'validation-rule': { entity: 'probe-own', wrongWhen: 'name = "never so"', field: 'name' },
};

/** A change that records of these entities take, where a made-up text isn't one. */
export const sensibleChange: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'duplicate-rule': { points: 15 },
  right: { where: 'name is not empty' },
  'field-right': { write: false },
  'view-choice': { as: 'favourite' },
};

const needed = (entity: Entity): readonly Field[] =>
  Object.values(entity.fields).filter((field) => field.required && field.default === null && !field.system);

/** True when nobody can make records by hand: they need values that only the system writes. */
export const isMadeBySystem = (entity: Entity): boolean => needed(entity).some((field) => field.readOnly);

/** The example of the field's type, told apart from all others where it is text. */
export function exampleOf(field: Field): unknown {
  const example = fieldType(field.type).example(field);
  if (field.type === 'email') return `${newWord()}@example.org`;
  if (field.type === 'person-name') return { ...(example as object), first: newWord() };
  if (field.type === 'long-text') return `${newWord()} ${String(example)}`;
  return field.type === 'text' ? `${String(example)} ${newWord()}` : example;
}
