import type { Labels } from '../lib/locale.ts';
import type { Message, MessageParams } from '../lib/message.ts';
import type { BaseValue } from './base-list.ts';
import { ownField } from './entity.ts';
import type { Field, FieldSpec } from './field.ts';
import type { Values } from './record.ts';
import type { FoundRecord, RuleEnv } from './rule.ts';

/** A record that a verb makes, or takes as it is: a section of its input, which may be left out. */
export interface VerbSection {
  readonly entity: string;
  /** Fields its form shows at first, besides those that are needed or filled; all others are a click away. */
  readonly fields: readonly string[];
  /** Whether a record that exists already may be taken instead of a new one. */
  readonly takesExisting: boolean;
  /** Reference fields that name the record of an earlier section, wherever the asker wants that one. */
  readonly from: Readonly<Record<string, string>>;
}

/** What a section starts with, before the asker says anything. */
export interface VerbProposal {
  /** Whether a form has the section switched on. */
  readonly wanted: boolean;
  /** Values of a new record; what the asker sends goes before. */
  readonly values: Values;
  /** The record that is probably meant, so that none need be made. */
  readonly existing: string | null;
}

/** When a verb can be done to a record: an expression over the record's own fields, and what to say when it is false. */
export interface VerbCondition {
  readonly where: string;
  /** The field at which the refusal is told. */
  readonly field: string;
  readonly otherwise: Message;
}

/** Something people do to a record that is more than changing its fields; `{ … }` of the address `/leads/<id>/convert`. */
export interface DeclaredVerb {
  readonly entity: string;
  /** kebab-case, its place in addresses: `convert`. */
  readonly name: string;
  /** The button: `Convert`. */
  readonly label: Labels;
  /** The heading of its screen: `Convert this lead`. */
  readonly title: Labels;
  /** What is said when it is done: `Converted`. */
  readonly done: Labels;
  readonly icon: string;
  /** The right to the record that it needs. */
  readonly needs: 'update' | 'remove';
  readonly available: VerbCondition | null;
  /** What it asks for besides records. */
  readonly fields: Readonly<Record<string, Field>>;
  readonly sections: Readonly<Record<string, VerbSection>>;
  /** What sections start with; pure. */
  propose(record: Values, env: VerbEnv): Readonly<Record<string, VerbProposal>>;
  /** Does it, once for each record. */
  run(record: FoundRecord, input: VerbInput, acts: VerbActs, env: VerbEnv): Promise<void>;
}

/** What the author of a verb writes: a file of its own, `lead.convert.ts`. */
export interface VerbSpec
  extends Omit<DeclaredVerb, 'fields' | 'sections' | 'available' | 'needs' | 'propose'> {
  readonly needs?: DeclaredVerb['needs'];
  readonly available?: VerbCondition;
  readonly fields?: Readonly<Record<string, FieldSpec>>;
  readonly sections?: DeclaredVerb['sections'];
  readonly propose?: DeclaredVerb['propose'];
}

/** Turns what an author wrote into the verb as the engine holds it. */
export const verb = (spec: VerbSpec): DeclaredVerb => ({
  needs: 'update',
  sections: {},
  propose: () => ({}),
  ...spec,
  available: spec.available ?? null,
  fields: Object.fromEntries(
    Object.entries(spec.fields ?? {}).map(([name, field]) => [name, ownField(name, field)]),
  ),
});

/** What the asker sent. */
export interface VerbInput {
  readonly values: Values;
  /** The sections he wants, by name. */
  readonly wants: ReadonlySet<string>;
}

/** What a verb may know besides its record. */
export interface VerbEnv extends RuleEnv {
  /** The values of a base-value list, inactive ones included. */
  values(list: string): readonly BaseValue[];
  /** What of the record a new record of another entity takes over: every field with the same name and meaning. */
  carried(entity: string): Values;
}

/**
 * What a verb may do: the ordinary writes, in the name and with the rights of the asker, all in one transaction
 * and one batch. Mistakes gather, so that the asker hears of all of them; nothing is written while there are any.
 */
export interface VerbActs {
  /**
   * The record of a section: the one the asker chose, or a new one of the values he sent; null when he wants none,
   * or sent mistakes. Sections are taken in the order of their declaration.
   */
  take(section: string): Promise<string | null>;
  /** Links the records of two sections through a declared relation of the first, unless they are linked already. */
  link(section: string, relation: string, to: string): Promise<void>;
  /** Changes the record of the verb itself, also fields that nobody writes by hand. */
  set(values: Values): Promise<void>;
  /** Live records that the asker may read, whose fields hold one of the values given for each. */
  find(entity: string, where: Readonly<Record<string, readonly string[]>>): Promise<readonly FoundRecord[]>;
  /** Makes other records; none while there are mistakes. */
  create(entity: string, values: readonly Values[]): Promise<readonly string[]>;
  /** Changes other records. */
  update(entity: string, changes: readonly { readonly id: string; readonly values: Values }[]): Promise<void>;
  /** Refuses, with a mistake at a field of the input. */
  refuse(field: string, said: Message, params?: MessageParams): void;
}
