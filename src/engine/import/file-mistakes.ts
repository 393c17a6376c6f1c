import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import { type Analysis, mostValues } from './analyse.ts';
import { mappingMistakes } from './mapping.ts';
import { targetMap } from './plan.ts';
import type { StoredBatch } from './stored-batch.ts';
import { isChoice, listOfTarget, type Target } from './targets.ts';

const entityUnsure = message(
  'import-entity-unsure',
  'That “{file}” holds {label} is only guessed: say what it holds.',
  'Que « {file} » contienne ceci n’est que supposé : {label}. Indiquez ce qu’il contient.',
  'Que «{file}» contenga esto solo se supone: {label}. Indique qué contiene.',
);

const tooVaried = message(
  'import-too-many-values',
  '“{column}” has more than {max} different values, and {label} is a list: leave the column out, or let it fill a text.',
  '« {column} » contient plus de {max} valeurs différentes et {label} est une liste : laissez la colonne de côté ou affectez-la à un texte.',
  '«{column}» tiene más de {max} valores distintos y {label} es una lista: deje la columna fuera o asígnela a un texto.',
);

/** Everything that must be put right of a file before it can be checked or run; nothing, once its entity was retired. */
export function fileMistakes(ctx: Ctx, batch: StoredBatch, analysis: Analysis): readonly Mistake[] {
  const entity = ctx.workspace.model.entities.get(batch.entity);
  if (!entity) return [];
  const targets = targetMap(ctx, entity);
  const headers = analysis.columns.map((column) => column.name);
  const params = { file: batch.fileName, label: entity.label.many };
  return [
    ...(analysis.isEntitySure === false
      ? [{ field: 'entity', message: entityUnsure, params, value: entity.name }]
      : []),
    ...mappingMistakes(ctx, entity, headers, targets, batch.mapping),
    ...batch.mapping.columns.flatMap(({ column, to }, index): readonly Mistake[] => {
      const target = to === null ? undefined : targets.get(to);
      if (!target || !isOfList(target) || !analysis.varied?.includes(column)) return [];
      const said = { column, max: mostValues, label: target.label };
      return [{ field: `columns[${index}].to`, message: tooVaried, params: said, value: to }];
    }),
  ];
}

const isOfList = (target: Target): boolean => isChoice(target) || listOfTarget(target) !== null;
