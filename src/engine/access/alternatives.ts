import {
  type Action,
  administrator,
  everyRole,
  type Grant,
  type Level,
  type Reached,
} from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx, Rights, RowFilter } from '../ctx.ts';

/** One of the ways in which somebody may treat records: a level, and a condition besides. */
export interface Alternative {
  readonly role: string;
  /** Never `none`. */
  readonly level: Reached;
  readonly filter: RowFilter | null;
}

/**
 * The ways in which the asker may treat records of `entity` with `action`, each by one of his roles: a record that one
 * of them reaches is reached. What another covers is left out, so that without filters one is left.
 */
export function alternativesOf(ctx: Ctx, entity: Entity, action: Action): readonly Alternative[] {
  const { rights } = ctx.workspace;
  const byEntity = knownTo(rights, ctx.who.roles);
  let byAction = byEntity.get(entity);
  if (!byAction) {
    byAction = new Map();
    byEntity.set(entity, byAction);
  }
  let found = byAction.get(action);
  if (!found) {
    found = withoutCovered(alternativesByRole(rights, ctx.who.roles, entity, action));
    byAction.set(action, found);
  }
  return found;
}

/** The same with what is covered by another, for who asks why. */
export function alternativesByRole(
  rights: Rights,
  roles: readonly string[],
  entity: Entity,
  action: Action,
): readonly Alternative[] {
  if (roles.includes(administrator)) return [{ role: administrator, level: 'all', filter: null }];
  return roles.flatMap((role): Alternative[] => {
    if (entity.managedBy !== null && rights.specialOf(role).includes(entity.managedBy))
      return [{ role, level: 'all', filter: null }];
    const stored = rights.grantOf(role, entity.name);
    const level = (stored?.levels ?? declaredGrant(entity, role))[action] ?? 'none';
    return level === 'none' ? [] : [{ role, ...reachOf(rights, entity, level, stored?.filter ?? null) }];
  });
}

/** What the entity itself says of a role. */
export function declaredGrant(entity: Entity, role: string): Grant {
  const of = (code: string): Grant | undefined =>
    Object.hasOwn(entity.access, code) ? entity.access[code] : undefined;
  return of(role) ?? of(everyRole) ?? {};
}

/** A declared expression reaches as a row filter does: all records, of which it holds. */
const reachOf = (
  rights: Rights,
  entity: Entity,
  level: Level,
  filter: RowFilter | null,
): Omit<Alternative, 'role'> =>
  typeof level === 'object' && 'when' in level
    ? { level: 'all', filter: rights.filterOf(entity, level.when) }
    : { level, filter };

const ranks = { none: 0, own: 1, team: 2, all: 3 } as const;

function withoutCovered(alternatives: readonly Alternative[]): readonly Alternative[] {
  const plain = alternatives.filter(({ level, filter }) => filter === null && typeof level === 'string');
  const [strongest] = plain.toSorted((a, b) => ranks[b.level as 'all'] - ranks[a.level as 'all']);
  if (!strongest) return alternatives;
  if (strongest.level === 'all') return [strongest];
  const isCovered = ({ level }: Alternative): boolean =>
    typeof level === 'string' && ranks[level] <= ranks[strongest.level as 'all'];
  return [strongest, ...alternatives.filter((each) => !isCovered(each))];
}

type Known = WeakMap<Entity, Map<Action, readonly Alternative[]>>;

/** Kept as long as the rights are these: a change of any replaces them all. */
const known = new WeakMap<Rights, Map<string, Known>>();

function knownTo(rights: Rights, roles: readonly string[]): Known {
  let byRoles = known.get(rights);
  if (!byRoles) {
    byRoles = new Map();
    known.set(rights, byRoles);
  }
  const key = roles.join('\n');
  let found = byRoles.get(key);
  if (!found) {
    found = new WeakMap();
    byRoles.set(key, found);
  }
  return found;
}
