import type { Entity } from '../../model/entity.ts';

/**
 * The reference field through which rights to records of `entity` go, as its declaration has it: a link belongs to what
 * it links. Null for what stands for itself.
 */
export function linkThrough(entity: Entity): string | null {
  for (const grant of Object.values(entity.access)) {
    for (const level of Object.values(grant)) {
      if (typeof level === 'object' && 'through' in level) return level.through;
    }
  }
  return null;
}
