import { fieldType } from '../../fields/index.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';

/** True when a reference field of an entity may name records of `target`. */
export function pointsAt(entity: Entity, name: string, target: string): boolean {
  const field = entity.fields[name];
  const aim = field ? fieldType(field.type).target?.(field) : undefined;
  return aim?.to === 'records' && aim.entities.includes(target);
}

/** True when `path` is a field, a part of one (`address.city`), or one reached through references (`account.name`). */
export function isPath(model: Model, entity: Entity, path: string): boolean {
  const dot = path.indexOf('.');
  const field = entity.fields[dot < 0 ? path : path.slice(0, dot)];
  if (!field) return false;
  if (dot < 0) return true;
  const rest = path.slice(dot + 1);
  const type = fieldType(field.type);
  const target = type.target?.(field);
  if (target?.to !== 'records') return rest !== '' && type.paths(field)[rest] !== undefined;
  const entities = target.entities.map((name) => model.entities.get(name));
  return entities.some((one) => one !== undefined && isPath(model, one, rest));
}
