import { compileExpression } from '../../expression/compile.ts';
import { tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';

/** Mistakes in a condition that a declaration says of an entity's records; codes are those that lists begin with. */
export function expressionMistakes(model: Model, entity: Entity, text: string): readonly string[] {
  const codes = (list: string) => model.lists.get(list)?.values ?? null;
  try {
    compileExpression(text, { entity, model, codes });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.detail.mistakes ?? []).map(({ message, params }) => tell('en', message, params));
  }
}
