import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Rule, RuleEnv } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { readEnv, todayIn } from './codec.ts';
import { changeOf, type Draft } from './draft.ts';

const missing = message(
  'required',
  '{label} is missing: fill it in.',
  '{label} manque : renseignez ce champ.',
  'Falta {label}: rellénelo.',
);

/** What rules may know in this request. */
export const ruleEnv = (ctx: Ctx): RuleEnv => ({
  now: ctx.now,
  today: todayIn(ctx.timeZone, ctx.now),
  value: (list, code) => (typeof code === 'string' ? ctx.workspace.baseValues.find(list, code) : null),
});

/** The rules of an entity, in order. */
export const rulesOf = (ctx: Ctx, entity: Entity): readonly Rule[] =>
  ctx.workspace.model.rules.get(entity.name) ?? [];

/** Lets the rules add the values that follow; an undo puts former values back as they were instead. */
export function derive(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): void {
  const rules = rulesOf(ctx, entity).filter((rule) => rule.derive);
  if (rules.length === 0 || ctx.door === 'undo') return;
  const env = ruleEnv(ctx);
  const read = readEnv(ctx);
  for (const draft of drafts) {
    for (const rule of rules) {
      for (const [name, value] of Object.entries(rule.derive?.(changeOf(draft), env) ?? {})) {
        const field = entity.fields[name];
        if (!field) throw new Error(`rule “${rule.name}” sets ${entity.name}.${name}, which doesn’t exist`);
        const canonical = fieldType(field.type).read(value, field, read);
        if ('mistakes' in canonical)
          draft.mistakes.push(...canonical.mistakes.map((mistake) => ({ ...mistake, field: name })));
        else draft.after[name] = canonical.value;
      }
    }
  }
}

/** Adds the mistakes of required fields and of the rules. */
export function check(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): void {
  const env = ruleEnv(ctx);
  const required = Object.values(entity.fields).filter((field) => field.required);
  const rules = rulesOf(ctx, entity).filter((rule) => rule.check);
  for (const draft of drafts) {
    const wrong = new Set(draft.mistakes.map((mistake) => mistake.field.split('.')[0]));
    for (const field of required) {
      if (!wrong.has(field.name) && isEmptyValue(draft.after[field.name]))
        draft.mistakes.push(missingMistake(field));
    }
    for (const rule of rules) {
      const found = rule.check?.(changeOf(draft), env) ?? [];
      draft.mistakes.push(...found.filter((mistake) => !wrong.has(mistake.field)));
    }
  }
}

/** That a field which is needed was left empty. */
export const missingMistake = (field: Field): Mistake => ({
  field: field.name,
  message: missing,
  params: { label: field.label },
});

/** True of a value that fills no field. */
export const isEmptyValue = (value: unknown): boolean =>
  value == null || value === '' || (Array.isArray(value) && value.length === 0);
