import { compileExpression } from '../../expression/compile.ts';
import type { Scope } from '../../expression/scope.ts';
import type { Compiled } from '../../expression/tree.ts';
import { tell } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Validation } from '../../model/validation.ts';

/** An expression about a record that is being written, ready to run. */
export interface RecordCondition {
  readonly compiled: Compiled;
  /** The record's own fields that it looks at or starts from. */
  readonly roots: readonly string[];
  /** Whether it looks at other records, so that the database must answer. */
  readonly isRelated: boolean;
}

/** A field with one of its conditions. */
export interface FieldCondition extends RecordCondition {
  readonly field: Field;
}

/** Everything about an entity's records that is said as expressions, compiled once per model. */
export interface EntityConditions {
  readonly shown: readonly FieldCondition[];
  readonly required: readonly FieldCondition[];
  readonly readOnly: readonly FieldCondition[];
  readonly validations: readonly (RecordCondition & { readonly validation: Validation })[];
  /** What couldn't be compiled: a declared one stops the start, one added while running judges nothing. */
  readonly broken: readonly { readonly place: string; readonly mistakes: readonly string[] }[];
}

const known = new WeakMap<Model, Map<Entity, EntityConditions>>();

/** The conditions of an entity. */
export function conditionsOf(model: Model, entity: Entity): EntityConditions {
  const ofModel = known.get(model) ?? new Map<Entity, EntityConditions>();
  known.set(model, ofModel);
  let conditions = ofModel.get(entity);
  if (!conditions) {
    conditions = compileConditions(model, entity);
    ofModel.set(entity, conditions);
  }
  return conditions;
}

/** True when nothing about an entity's records is said as an expression. */
export const isUnconditional = ({ shown, required, readOnly, validations }: EntityConditions): boolean =>
  shown.length + required.length + readOnly.length + validations.length === 0;

/** What the names of a rule's expression may mean: every field, whoever writes. `change` lets it ask what changed. */
export const ruleScope = (model: Model, entity: Entity, change: boolean, codes?: Scope['codes']): Scope => ({
  entity,
  model,
  change,
  ...(codes ? { codes } : {}),
});

/** Compiles the conditions of an entity; `codes` are those that values of lists are checked against. */
export function compileConditions(model: Model, entity: Entity, codes?: Scope['codes']): EntityConditions {
  const broken: { place: string; mistakes: readonly string[] }[] = [];
  const compile = (place: string, text: string, change: boolean): RecordCondition | null => {
    try {
      return recordCondition(compileExpression(text, ruleScope(model, entity, change, codes), place));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      broken.push({ place, mistakes: (error.detail.mistakes ?? []).map(toldWithPlace) });
      return null;
    }
  };
  const ofFields = (name: 'shownWhen' | 'requiredWhen' | 'readOnlyWhen'): readonly FieldCondition[] =>
    Object.values(entity.fields).flatMap((field) => {
      const text = field.conditions[name];
      const condition =
        text === null ? null : compile(`${field.name}.${name}`, text, name !== 'readOnlyWhen');
      return condition ? [{ ...condition, field }] : [];
    });
  return {
    shown: ofFields('shownWhen'),
    required: ofFields('requiredWhen'),
    readOnly: ofFields('readOnlyWhen'),
    validations: (model.validations.get(entity.name) ?? []).flatMap((validation) => {
      const condition = compile(`validation “${validation.name}”`, validation.wrongWhen, true);
      return condition ? [{ ...condition, validation }] : [];
    }),
    broken,
  };
}

function toldWithPlace({ message, params = {} }: Mistake): string {
  return `line ${String(params.line)}, column ${String(params.column)}: ${tell('en', message, params)}`;
}

/** A compiled expression with what it takes to run it. */
export const recordCondition = (compiled: Compiled): RecordCondition => ({
  compiled,
  roots: [...new Set(compiled.paths.map(({ steps, field }) => (steps[0]?.field ?? field).name))],
  isRelated: compiled.relations.length > 0 || compiled.paths.some(({ steps }) => steps.length > 0),
});
