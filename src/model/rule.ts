import type { Mistake } from '../lib/problem.ts';
import type { BaseValue } from './base-list.ts';
import type { Verb } from './event.ts';
import type { Values } from './record.ts';

/** A write about to happen or just made, as rules see it. */
export interface RuleChange {
  readonly id: string;
  readonly verb: Verb;
  /** Null for a new record. */
  readonly before: Values | null;
  readonly after: Values;
  /** The fields the writer named himself, derived ones excluded. */
  readonly given: ReadonlySet<string>;
}

/** What rules may know besides the record. */
export interface RuleEnv {
  readonly now: Date;
  /** The writer's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** A value of a base-value list, inactive ones included. */
  value(list: string, code: unknown): BaseValue | null;
}

/** What a rule may do to other records, in the same transaction and in the name of the same person. */
export interface RuleActs {
  /** Live records whose fields hold one of the values given for each. */
  find(entity: string, where: Readonly<Record<string, readonly string[]>>): Promise<readonly FoundRecord[]>;
  create(entity: string, values: readonly Values[]): Promise<readonly string[]>;
  update(entity: string, changes: readonly { readonly id: string; readonly values: Values }[]): Promise<void>;
  remove(entity: string, ids: readonly string[]): Promise<void>;
}

/** A record a rule looked up. */
export interface FoundRecord {
  readonly id: string;
  readonly values: Values;
}

/** What must hold for an entity and what follows from a write; one meaning through every door. */
export interface Rule {
  readonly entity: string;
  /** Names the rule in reports: `probability follows the stage`. */
  readonly name: string;
  /** Values that follow from others; pure. */
  derive?(change: RuleChange, env: RuleEnv): Values;
  /** Mistakes that the record would have; pure. */
  check?(change: RuleChange, env: RuleEnv): readonly Mistake[];
  /** What other records need after these were written; sees all records of one write at once. */
  after?(changes: readonly RuleChange[], acts: RuleActs, env: RuleEnv): Promise<void>;
}

/** True when the write gives `field` another value; canonical values compare by their JSON. */
export function isChanged(change: RuleChange, field: string): boolean {
  return !sameValue(change.before?.[field] ?? null, change.after[field] ?? null);
}

/** Canonical values are equal when their JSON is, whatever the order of their keys. */
export function sameValue(first: unknown, second: unknown): boolean {
  if (first === second) return true;
  if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null)
    return false;
  if (Array.isArray(first) !== Array.isArray(second)) return false;
  const left = Object.entries(first);
  const right = second as Record<string, unknown>;
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => key in right && sameValue(value, right[key]))
  );
}
