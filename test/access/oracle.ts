import { type Action, administrator, everyRole, type Level } from '../../src/model/access.ts';
import { entityOf, type Model } from '../../src/model/declarations.ts';
import type { Entity } from '../../src/model/entity.ts';

/** How somebody stands to a record: it is his, of somebody in his team and shared with it, or of neither. */
export const relations = ['own', 'team-mate’s', 'stranger’s'] as const;

/** One of `relations`. */
export type Relation = (typeof relations)[number];

/** What a role that isn't declared anywhere stands for: a user without rights. */
export const noRole = 'no role';

/** What `declared` says about `role`, read straight from the declaration. */
export const declaredLevel = (entity: Entity, role: string, action: Action): Level =>
  role === administrator
    ? 'all'
    : (entity.access[role]?.[action] ??
      (role === noRole ? undefined : entity.access[everyRole]?.[action]) ??
      'none');

/**
 * Whether the declarations let `role` do `action` to a record that stands to him in `relation`. This is the
 * matrix's own reading of them, in four lines: it shares nothing with the engine's.
 */
export function isAllowed(
  model: Model,
  entity: Entity,
  role: string,
  action: Action,
  relation: Relation,
): boolean {
  const level = declaredLevel(entity, role, action);
  // Records of the matrix are shared with nobody: `owner = me or shared = …` leaves one's own.
  if (typeof level === 'object' && 'when' in level) return relation === 'own';
  if (typeof level === 'object') {
    // A link stands to somebody as the record it belongs to; whoever may change that one may make and undo links.
    const parent = entityOf(model, parentOf(entity, level.through));
    return isAllowed(model, parent, role, action === 'read' ? 'read' : 'update', relation);
  }
  if (level === 'team') return relation !== 'stranger’s';
  if (level === 'own') return relation === 'own';
  return level === 'all';
}

/** The entity of the record that a right goes through; of several that may be named, the last. */
export function parentOf(entity: Entity, through: string): string {
  const to = entity.fields[through]?.options.to;
  return String(Array.isArray(to) ? to.at(-1) : to);
}
