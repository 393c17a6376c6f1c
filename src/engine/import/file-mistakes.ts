import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import type { Analysis } from './analyse.ts';
import { mappingMistakes } from './mapping.ts';
import { targetMap } from './plan.ts';
import type { StoredBatch } from './stored-batch.ts';

const entityUnsure = message(
  'import-entity-unsure',
  'That “{file}” holds {label} is only guessed: say what it holds.',
  'Que « {file} » contienne ceci n’est que supposé : {label}. Indiquez ce qu’il contient.',
  'Que «{file}» contenga esto solo se supone: {label}. Indique qué contiene.',
);

/** Everything that must be put right of a file before it can be checked or run; nothing, once its entity was retired. */
export function fileMistakes(ctx: Ctx, batch: StoredBatch, analysis: Analysis): readonly Mistake[] {
  const entity = ctx.workspace.model.entities.get(batch.entity);
  if (!entity) return [];
  const headers = analysis.columns.map((column) => column.name);
  const params = { file: batch.fileName, label: entity.label.many };
  return [
    ...(analysis.isEntitySure === false
      ? [{ field: 'entity', message: entityUnsure, params, value: entity.name }]
      : []),
    ...mappingMistakes(ctx, entity, headers, targetMap(ctx, entity), batch.mapping),
  ];
}
