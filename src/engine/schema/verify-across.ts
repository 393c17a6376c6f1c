import { compileExpression } from '../../expression/compile.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { expressionMistakes } from './verify-expression.ts';

/**
 * Mistakes in what an entity says of others whose records its own may be. What those are compared by must be compared
 * among themselves too, since the index it is looked for by is theirs.
 */
export function acrossMistakes(model: Model, entity: Entity): readonly string[] {
  const { criteria = [], across = [] } = entity.duplicates ?? {};
  const own = new Set(criteria.flatMap(({ anyOf }) => anyOf));
  return across.flatMap(({ entity: name, fields, where }) => {
    const other = model.entities.get(name);
    if (!other || other === entity) return [`duplicates across “${name}”: name another entity`];
    const compared = new Set((other.duplicates?.criteria ?? []).flatMap(({ anyOf }) => anyOf));
    const mistakes = Object.entries(fields).flatMap(([mine, theirs]) => {
      if (!own.has(mine)) return [`names “${mine}”, by which it isn’t compared itself`];
      if (!compared.has(theirs)) return [`names “${theirs}”, by which ${name} isn’t compared itself`];
      const isSame = entity.fields[mine]?.type === other.fields[theirs]?.type;
      return isSame ? [] : [`compares “${mine}” with “${theirs}”, which is of another type`];
    });
    return [...mistakes, ...conditionMistakes(model, entity, where)].map(
      (mistake) => `duplicates across “${name}”: ${mistake}`,
    );
  });
}

/** Which records count is told from what is read of them to compare them. */
function conditionMistakes(model: Model, entity: Entity, where: string | null): readonly string[] {
  if (where === null) return [];
  const mistakes = expressionMistakes(model, entity, where);
  if (mistakes.length > 0) return mistakes;
  const { paths, relations } = compileExpression(where, { entity, model });
  const isOwn = relations.length === 0 && paths.every(({ steps }) => steps.length === 0);
  return isOwn ? [] : ['which records count must be told from fields of the record itself'];
}
