import { compileExpression } from '../../expression/compile.ts';
import { Problem } from '../../lib/problem.ts';
import type { ViewDescription } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { scopeOf } from '../query/filter.ts';
import { findPlace } from '../query/place.ts';

/** The views that an entity brings along, without those that ask what the reader may not see. */
export const describeViews = (ctx: Ctx, entity: Entity): readonly ViewDescription[] => {
  const isKnown = (path: string): boolean => !('unknown' in findPlace(ctx, entity, path));
  return entity.views
    .filter(({ where, sort = 'id' }) => isUnderstood(ctx, entity, where) && isKnown(sort.replace(/^-/, '')))
    .map(({ name, label, where, sort, columns, display }) => ({
      name,
      label: label[ctx.locale],
      where,
      sort: sort ?? null,
      columns: columns?.filter(isKnown) ?? null,
      display: display ?? 'list',
    }));
};

function isUnderstood(ctx: Ctx, entity: Entity, where: string): boolean {
  try {
    compileExpression(where, scopeOf(ctx, entity));
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
