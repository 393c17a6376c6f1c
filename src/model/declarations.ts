import type { BaseList } from './base-list.ts';
import type { Entity } from './entity.ts';
import type { Rule } from './rule.ts';
import type { Subscriber } from './subscriber.ts';
import type { Validation } from './validation.ts';
import type { DeclaredVerb } from './verb.ts';

/** Everything the business declares as data: entities, base-value lists, rules, validations. */
export interface Model {
  readonly entities: ReadonlyMap<string, Entity>;
  /** By the plural that REST addresses use. */
  readonly byPlural: ReadonlyMap<string, Entity>;
  /**
   * The entities as their tables hold them, in which they differ from what is served: fields and entities that an
   * administrator retired keep their columns, and what waits for its index has it.
   */
  readonly stored: readonly Entity[];
  readonly lists: ReadonlyMap<string, BaseList>;
  /** By entity, in the order they run. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  /** By entity: what people do to its records besides changing them. */
  readonly verbs: ReadonlyMap<string, readonly DeclaredVerb[]>;
  /** By entity: those its file declares, then those the administrator added while running. */
  readonly validations: ReadonlyMap<string, readonly Validation[]>;
  /** What follows after the commit, by name. */
  readonly subscribers: ReadonlyMap<string, Subscriber>;
}

/** The entity of that name; a name the model doesn't hold is a mistake of the program. */
export function entityOf(model: Model, name: string): Entity {
  const found = model.entities.get(name);
  if (!found) throw new Error(`no entity is called ${name}`);
  return found;
}
