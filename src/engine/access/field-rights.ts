import { administrator } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx, Rights } from '../ctx.ts';
import { alternativesByRole } from './alternatives.ts';

type Fields = Readonly<Record<string, Field>>;

/** What somebody may do with the fields of an entity. */
interface FieldReach {
  readonly readable: Fields;
  readonly writable: Fields;
}

/** The fields of `entity` that the reader may see, by name; a hidden one is to him as if it weren't declared. */
export const readableFields = (ctx: Ctx, entity: Entity): Fields => reachOf(ctx, entity).readable;

/** The fields of `entity` that the asker may give values, by name, as far as rights decide it. */
export const writableFields = (ctx: Ctx, entity: Entity): Fields => reachOf(ctx, entity).writable;

/** Whether the asker's roles let him give this field values. */
export const mayWrite = (ctx: Ctx, entity: Entity, field: string): boolean =>
  Object.hasOwn(writableFields(ctx, entity), field);

function reachOf(ctx: Ctx, entity: Entity): FieldReach {
  const { roles } = ctx.who;
  if (roles.includes(administrator)) return { readable: entity.fields, writable: entity.fields };
  const { rights } = ctx.workspace;
  let byRoles = known.get(rights);
  if (!byRoles) {
    byRoles = new Map();
    known.set(rights, byRoles);
  }
  const key = roles.join('\n');
  let byEntity = byRoles.get(key);
  if (!byEntity) {
    byEntity = new WeakMap();
    byRoles.set(key, byEntity);
  }
  let found = byEntity.get(entity);
  if (!found) {
    found = workOut(rights, roles, entity);
    byEntity.set(entity, found);
  }
  return found;
}

/** What one role may do with a field of an entity that it reads. */
export function fieldReachOf(
  rights: Rights,
  role: string,
  entity: Entity,
  field: Field,
): { readonly read: boolean; readonly write: boolean } {
  if (entity.managedBy !== null && rights.specialOf(role).includes(entity.managedBy))
    return { read: true, write: true };
  const decided = rights.fieldRightOf(role, entity.name, field.name);
  if (decided) return decided;
  const isOpen = field.options.adminOnly !== true;
  return { read: isOpen, write: isOpen };
}

/** Kept as long as the rights are these: a change of any replaces them all. */
const known = new WeakMap<Rights, Map<string, WeakMap<Entity, FieldReach>>>();

/** The most permissive of his roles decides, of those by which he reads the entity at all. */
function workOut(rights: Rights, roles: readonly string[], entity: Entity): FieldReach {
  const reading = new Set(alternativesByRole(rights, roles, entity, 'read').map(({ role }) => role));
  const counting = reading.size > 0 ? [...reading] : roles;
  const those = (may: 'read' | 'write'): Fields =>
    Object.fromEntries(
      Object.entries(entity.fields).filter(([, field]) =>
        counting.some((role) => fieldReachOf(rights, role, entity, field)[may]),
      ),
    );
  if (counting.length === 0) {
    const open = Object.entries(entity.fields).filter(([, field]) => field.options.adminOnly !== true);
    const fields = Object.fromEntries(open);
    return { readable: fields, writable: fields };
  }
  return { readable: those('read'), writable: those('write') };
}
