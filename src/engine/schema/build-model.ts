import type { BaseList } from '../../model/base-list.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Rule } from '../../model/rule.ts';
import type { Subscriber } from '../../model/subscriber.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import { verifyViews } from '../views/verify-views.ts';
import { verifyConditions } from './verify-conditions.ts';
import { verifyEntity } from './verify-entity.ts';
import { verifyFields } from './verify-fields.ts';
import { verifyLists } from './verify-lists.ts';
import { verifyNames } from './verify-names.ts';
import { verifySubscribers } from './verify-subscribers.ts';
import { verifyVerbs } from './verify-verbs.ts';

/** What a business declares, as `crm/index.ts` lists it; the engine's own entities included. */
export interface Declared {
  readonly entities: readonly Entity[];
  readonly lists: readonly BaseList[];
  readonly rules?: readonly Rule[];
  readonly subscribers?: readonly Subscriber[];
  readonly verbs?: readonly DeclaredVerb[];
}

/** Mistakes in declarations, all of them, each told with its entity and field. */
export class ModelMistakes extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    const title =
      mistakes.length === 1
        ? 'The declarations have a mistake'
        : `The declarations have ${mistakes.length} mistakes`;
    super(`${title}:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.name = 'ModelMistakes';
    this.mistakes = mistakes;
  }
}

/** Puts the declarations together and verifies everything they say of each other; throws `ModelMistakes`. */
export function buildModel({ entities, lists, rules = [], verbs = [], subscribers = [] }: Declared): Model {
  const model: Model = {
    entities: new Map(entities.map((entity) => [entity.name, entity])),
    byPlural: new Map(entities.map((entity) => [entity.plural, entity])),
    stored: entities,
    lists: new Map(lists.map((list) => [list.name, list])),
    rules: Map.groupBy(rules, (rule) => rule.entity),
    verbs: Map.groupBy(verbs, (verb) => verb.entity),
    validations: new Map(entities.map((entity) => [entity.name, entity.validations])),
    subscribers: new Map(subscribers.map((subscriber) => [subscriber.name, subscriber])),
  };
  const mistakes = [
    ...verifyNames(entities, lists),
    ...verifyLists(lists),
    ...entities.flatMap((entity) => verifyFields(model, entity)),
    ...rules
      .filter((rule) => !model.entities.has(rule.entity))
      .map((rule) => `the rule “${rule.name}” is about ${rule.entity}, which nothing declares`),
    ...verifySubscribers(model, subscribers),
  ];
  // What follows reads the fields' types, so it waits until those are known to be right.
  if (mistakes.length > 0) throw new ModelMistakes(mistakes);
  const further = [
    ...entities.flatMap((entity) => verifyEntity(model, entity)),
    ...verifyVerbs(model, verbs),
  ];
  if (further.length > 0) throw new ModelMistakes(further);
  const conditions = entities.flatMap((entity) => [
    ...verifyConditions(model, entity),
    ...verifyViews(model, entity),
  ]);
  if (conditions.length > 0) throw new ModelMistakes(conditions);
  return model;
}
