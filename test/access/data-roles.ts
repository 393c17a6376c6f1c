import { type Action, actions, type Level } from '../../src/model/access.ts';
import type { Entity } from '../../src/model/entity.ts';
import type { Relation } from './oracle.ts';
import { type Actor, newWord, type Stage } from './stage.ts';

/** What an administrator decided about one role, for every entity alike. */
interface DataRole {
  readonly code: string;
  readonly level: (action: Action) => Level;
  readonly where?: string;
  /** The relations in which `where` holds; the matrix says so itself, from what it made. */
  readonly holds?: readonly Relation[];
}

const mixed: Readonly<Record<Action, Level>> = {
  create: 'all',
  read: 'all',
  update: 'team',
  remove: 'own',
  import: 'none',
  export: 'own',
  massChange: 'own',
};

/** The roles whose rights are stored; `sales` has declared ones, for which the stored stand in. */
const dataRoles: readonly DataRole[] = [
  { code: 'd-own', level: () => 'own' },
  { code: 'd-team', level: () => 'team' },
  { code: 'd-part', level: () => 'all', where: 'owner.name = "Mia"', holds: ['team-mate’s'] },
  { code: 'd-mixed', level: (action) => mixed[action] },
  { code: 'sales', level: () => 'none' },
];

/** Somebody whose rights are stored. */
export interface DataPerson {
  readonly name: string;
  readonly roles: readonly string[];
}

/** Who knocks: each kind of right alone, two roles of which one covers the other, and two that add up. */
export const dataPeople: readonly DataPerson[] = [
  { name: 'Owen', roles: ['d-own'] },
  { name: 'Tea', roles: ['d-team'] },
  { name: 'Pat', roles: ['d-part'] },
  { name: 'Max', roles: ['d-mixed'] },
  { name: 'Stella', roles: ['d-own', 'd-team'] },
  { name: 'Ada-Pat', roles: ['d-own', 'd-part'] },
  { name: 'Nora', roles: ['sales'] },
];

const isLink = (entity: Entity): boolean =>
  Object.values(entity.access).some((grant) =>
    Object.values(grant).some((level) => typeof level === 'object' && 'through' in level),
  );

/** What can be stored: who changes rights is administrator, links aren't changed in masses, some things aren't imported. */
function storable(entity: Entity, action: Action, level: Level): Level {
  const isDecisive = entity.system && ['role', 'right', 'field-right'].includes(entity.name);
  if (isDecisive && action !== 'read' && action !== 'export') return 'none';
  if (action === 'import' && !entity.importable) return 'none';
  return action === 'massChange' && isLink(entity) ? 'none' : level;
}

/** Whether stored rights, which stand in for all that is declared, let the person do it; shares nothing with the engine. */
export function isGranted(person: DataPerson, entity: Entity, action: Action, relation: Relation): boolean {
  return dataRoles.some(
    (role) =>
      person.roles.includes(role.code) &&
      reaches(storable(entity, action, role.level(action)), relation) &&
      (role.holds?.includes(relation) ?? true),
  );
}

/** Whether the person may do it to some record. */
export const isEverGranted = (person: DataPerson, entity: Entity, action: Action): boolean =>
  dataRoles.some(
    (role) => person.roles.includes(role.code) && storable(entity, action, role.level(action)) !== 'none',
  );

function reaches(level: Level, relation: Relation): boolean {
  if (typeof level === 'object') return relation === 'own';
  if (level === 'team') return relation !== 'stranger’s';
  return level === 'all' || (level === 'own' && relation === 'own');
}

/** Stores every right of every role at the door administrators use, and makes the people. */
export async function settle(stage: Stage, entities: readonly Entity[]): Promise<ReadonlyMap<string, Actor>> {
  const { admin } = stage.doors;
  const must = async (work: Promise<{ status: number; text: string; body: { id: string } }>) => {
    const answer = await work;
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body;
  };
  const { items } = (await admin.program('GET', '/roles?limit=200')).body;
  for (const role of dataRoles) {
    const known = items.find(({ code }) => code === role.code);
    const { id } =
      known ?? (await must(admin.program('POST', '/roles', { code: role.code, name: newWord() })));
    const rights = entities.map((entity) => ({
      role: id,
      entity: entity.name,
      ...Object.fromEntries(actions.map((action) => [action, storable(entity, action, role.level(action))])),
      ...(role.where ? { where: role.where } : {}),
    }));
    await must(admin.program('POST', '/rights', rights));
  }
  const team = (await admin.program('GET', '/teams')).body.items.find(({ name }) => name === 'North');
  const people = new Map<string, Actor>();
  for (const person of dataPeople) {
    const caller = await stage.doors.user(person.name, person.roles);
    const { version } = (await admin.program('GET', `/users/${caller.id}`)).body;
    await must(admin.program('PATCH', `/users/${caller.id}`, { version, memberOf: [team?.id] }));
    const who = { userId: caller.id, name: person.name, roles: person.roles, teams: [team?.id ?? ''] };
    people.set(person.name, {
      role: person.name,
      caller,
      ctx: () => ({ ...stage.system(), who, door: 'api' }),
    });
  }
  return people;
}
