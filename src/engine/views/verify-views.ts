import { compileExpression } from '../../expression/compile.ts';
import { tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { allRecords, type View } from '../../model/view.ts';
import { ruleScope } from '../rules/conditions.ts';
import { sortColumn } from '../schema/sort-column.ts';
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
        ...whereMistakes(model, entity, view),
        ...sortMistakes(entity, view),
        ...(view.columns ?? [])
          .filter((column) => !isPath(model, entity, column))
          .map((column) => `columns name “${column}”, which it doesn’t have`),
        ...(view.display === 'board' && entity.board === null ? ['there is no board'] : []),
      ].map((mistake) => `the view “${view.name}”: ${mistake}`),
    )
    .map((mistake) => `${entity.name}: ${mistake}`);
}

function whereMistakes(model: Model, entity: Entity, { where }: View): readonly string[] {
  const declared = (list: string) => model.lists.get(list)?.values ?? null;
  try {
    compileExpression(where, ruleScope(model, entity, false, declared));
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.detail.mistakes ?? []).map(({ message, params }) => tell('en', message, params));
  }
}

function sortMistakes(entity: Entity, { sort }: View): readonly string[] {
  if (sort === undefined) return [];
  const field = entity.fields[sort.replace(/^-/, '')];
  return field && sortColumn(field) !== null ? [] : [`it is sorted by “${sort}”, which has no order`];
}
