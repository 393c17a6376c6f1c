import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { allRecords, type View } from '../../model/view.ts';
import { sortColumn } from '../schema/sort-column.ts';
import { expressionMistakes } from '../schema/verify-expression.ts';
import { isPath } from '../schema/verify-path.ts';

/** Mistakes in the views that an entity brings along. */
export function verifyViews(model: Model, entity: Entity): readonly string[] {
  const names = entity.views.map(({ name }) => name);
  return entity.views
    .flatMap((view, at) =>
      [
        ...(names.indexOf(view.name) < at ? ['another is called so'] : []),
        ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(view.name) && view.name !== allRecords
          ? []
          : ['a view is named in kebab-case, and not “all”']),
        ...expressionMistakes(model, entity, view.where),
        ...sortMistakes(entity, view),
        ...(view.columns ?? [])
          .filter((column) => !isPath(model, entity, column))
          .map((column) => `columns name “${column}”, which it doesn’t have`),
        ...(view.display === 'board' && entity.board === null ? ['there is no board'] : []),
      ].map((mistake) => `the view “${view.name}”: ${mistake}`),
    )
    .map((mistake) => `${entity.name}: ${mistake}`);
}

function sortMistakes(entity: Entity, { sort }: View): readonly string[] {
  if (sort === undefined) return [];
  const field = entity.fields[sort.replace(/^-/, '')];
  return field && sortColumn(field) !== null ? [] : [`it is sorted by “${sort}”, which has no order`];
}
