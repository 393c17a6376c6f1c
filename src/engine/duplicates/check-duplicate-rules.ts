import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { thresholdName } from './stored-matching.ts';

const noEntity = message(
  'duplicate-rule-entity',
  'Duplicates of “{given}” aren’t looked for. Give one of: {names}.',
  'Les doublons de « {given} » ne sont pas cherchés. Donnez l’une de : {names}.',
  'No se buscan duplicados de «{given}». Dé una de: {names}.',
);
const noCriterion = message(
  'duplicate-rule-criterion',
  '{label} aren’t compared by “{given}”. Give one of: {names}.',
  '{label} : pas de comparaison selon « {given} ». Donnez l’un de : {names}.',
  '{label} no se comparan por «{given}». Dé uno de: {names}.',
);
const noThreshold = message(
  'duplicate-rule-threshold',
  'From 0 points on all records would be the same: give a threshold of 1 to 100.',
  'À partir de 0 point, toutes les fiches seraient la même : donnez un seuil de 1 à 100.',
  'A partir de 0 puntos todos los registros serían el mismo: dé un umbral de 1 a 100.',
);

/** Adds the mistakes of duplicate rules that name what isn’t compared. */
export function checkDuplicateRules(ctx: Ctx, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const wrong = new Set(draft.mistakes.map(({ field }) => field));
    draft.mistakes.push(...mistakesOf(ctx, draft.after).filter(({ field }) => !wrong.has(field)));
  }
}

function mistakesOf(ctx: Ctx, after: Readonly<Record<string, unknown>>): readonly Mistake[] {
  const text = (name: string): string => (typeof after[name] === 'string' ? after[name] : '');
  const compared = [...ctx.workspace.model.entities.values()].filter(({ duplicates }) => duplicates !== null);
  const entity = compared.find(({ name }) => name === text('entity'));
  if (!entity) {
    const params = { given: text('entity'), names: compared.map(({ name }) => name).join(', ') };
    return [{ field: 'entity', message: noEntity, params, value: after['entity'] }];
  }
  const names = [...(entity.duplicates?.criteria ?? []).map(({ name }) => name), thresholdName];
  const criterion = text('criterion');
  if (!names.includes(criterion)) {
    const params = { label: entity.label.many, given: criterion, names: names.join(', ') };
    return [{ field: 'criterion', message: noCriterion, params, value: criterion }];
  }
  if (criterion === thresholdName && Number(after['points']) === 0)
    return [{ field: 'points', message: noThreshold, value: after['points'] }];
  return [];
}
