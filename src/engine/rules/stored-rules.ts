import { sql } from 'kysely';
import type { Model } from '../../model/declarations.ts';
import type { Values } from '../../model/record.ts';
import type { Validation } from '../../model/validation.ts';
import type { Db } from '../ctx.ts';
import { valuesOf } from '../record/codec.ts';
import { validationRule } from '../system/validation-rule.ts';

/** A validation that an administrator keeps, with the entity it is about. */
export interface StoredRule {
  readonly entity: string;
  readonly validation: Validation;
}

/** The code of every mistake that an administrator's rule tells. */
export const ruleCode = 'validation-rule';

/** The rules that an administrator keeps and hasn't switched off, in their order. */
export async function readStoredRules(db: Db, schema: string): Promise<readonly StoredRule[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.id(schema, validationRule.table)} where removed_at is null and active
    order by position, id`.execute(db);
  return rows.map((row) => storedRule(valuesOf(validationRule, row)));
}

/** A record of a validation rule as the validation it means; a message left out is the English one. */
export function storedRule(values: Values): StoredRule {
  const text = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  const en = text('messageEn');
  return {
    entity: text('entity'),
    validation: {
      name: text('name'),
      wrongWhen: text('wrongWhen'),
      field: text('field'),
      message: {
        code: ruleCode,
        text: { en, fr: text('messageFr') || en, es: text('messageEs') || en },
      },
    },
  };
}

/** By the workspace: several share a model, each with rules of its own. Held weakly, for as long as somebody serves it. */
const made = new WeakMap<Model, Map<string, { readonly key: string; readonly model: WeakRef<Model> }>>();

/**
 * A model with an administrator's rules after those that code declares. As long as they are the same it is the same
 * object, so that what was worked out from it once holds on.
 */
export function withStoredRules(schema: string, model: Model, rules: readonly StoredRule[]): Model {
  if (rules.length === 0) return model;
  const key = JSON.stringify(rules);
  const bySchema = made.get(model) ?? new Map<string, { key: string; model: WeakRef<Model> }>();
  made.set(model, bySchema);
  const known = bySchema.get(schema);
  const same = known?.key === key ? known.model.deref() : undefined;
  if (same) return same;
  const byEntity = Map.groupBy(rules, ({ entity }) => entity);
  const validations = new Map(
    [...model.entities.keys()].map((name) => [
      name,
      [
        ...(model.validations.get(name) ?? []),
        ...(byEntity.get(name) ?? []).map(({ validation }) => validation),
      ],
    ]),
  );
  const extended = { ...model, validations };
  bySchema.set(schema, { key, model: new WeakRef(extended) });
  return extended;
}
