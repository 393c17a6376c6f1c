import { compileExpression } from '../../expression/compile.ts';
import type { Compiled } from '../../expression/tree.ts';
import { labels } from '../../lib/locale.ts';
import { message, tell } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { ruleScope } from './conditions.ts';

const noEntity = message(
  'validation-rule-entity',
  'There are no records called “{given}” that rules may judge. Give one of: {names}.',
  'Il n’y a pas de fiches « {given} » que des règles puissent juger. Donnez l’une de : {names}.',
  'No hay registros «{given}» que las reglas puedan juzgar. Dé uno de: {names}.',
);
const noField = message(
  'validation-rule-field',
  '{label} have no field “{given}”. Give one of: {names}.',
  '{label} : pas de champ « {given} ». Donnez l’un de : {names}.',
  '{label} no tienen el campo «{given}». Dé uno de: {names}.',
);
const badExpression = message(
  'validation-rule-expression',
  'Line {line}, column {column}: {mistake}',
  'Ligne {line}, colonne {column} : {mistake}',
  'Línea {line}, columna {column}: {mistake}',
);

/** The entities whose records an administrator's rules may judge: those of the business. */
export const judgeable = (ctx: Ctx): readonly Entity[] =>
  [...ctx.workspace.model.entities.values()].filter((entity) => !entity.system);

/** Adds the mistakes of validation rules that name what isn't there or say what can't be read. */
export function checkStoredRules(ctx: Ctx, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const wrong = new Set(draft.mistakes.map(({ field }) => field));
    const text = (name: string): string => (typeof draft.after[name] === 'string' ? draft.after[name] : '');
    const found = readRule(ctx, text('entity'), text('wrongWhen'));
    const mistakes = 'mistakes' in found ? [...found.mistakes] : [];
    if (found.entity && !found.entity.fields[text('field')])
      mistakes.push(unknownField(found.entity, text('field')));
    draft.mistakes.push(...mistakes.filter(({ field }) => !wrong.has(field)));
  }
}

/** What a rule's entity and expression mean, or what is wrong with them. */
export function readRule(
  ctx: Ctx,
  name: string,
  text: string,
):
  | { readonly entity: Entity; readonly compiled: Compiled }
  | { readonly entity: Entity | null; readonly mistakes: readonly Mistake[] } {
  const known = judgeable(ctx);
  const entity = known.find((each) => each.name === name);
  if (!entity) {
    const names = known.map((each) => each.name);
    const params = { given: name.slice(0, 60), names: nearestFirst(name, names) };
    return { entity: null, mistakes: [{ field: 'entity', message: noEntity, params, value: name }] };
  }
  const { model, baseValues } = ctx.workspace;
  try {
    const scope = ruleScope(model, entity, true, (list) => baseValues.all(list));
    return { entity, compiled: compileExpression(text, scope, 'wrongWhen') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { entity, mistakes: (error.detail.mistakes ?? []).map(placed) };
  }
}

/** A mistake of an expression with its place in the sentence, for a record's mistakes carry no places of their own. */
function placed({ field, message: said, params = {}, value }: Mistake): Mistake {
  const mistake = labels(tell('en', said, params), tell('fr', said, params), tell('es', said, params));
  const { line = 1, column = 1 } = params;
  return { field, message: badExpression, params: { line, column, mistake }, value };
}

const unknownField = (entity: Entity, given: string): Mistake => ({
  field: 'field',
  message: noField,
  params: {
    label: entity.label.many,
    given: given.slice(0, 60),
    names: nearestFirst(given, Object.keys(entity.fields)),
  },
  value: given,
});

function nearestFirst(given: string, names: readonly string[]): string {
  const near = nearest(given, names);
  return [...new Set([...(near ? [near] : []), ...names])].slice(0, 12).join(', ');
}
