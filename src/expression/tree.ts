import type { Comparable, ComparableKind } from '../fields/field-type.ts';
import type { Entity } from '../model/entity.ts';
import type { Field } from '../model/field.ts';
import type { Pattern } from './pattern.ts';

/** A reference followed: from a record of `from`, through `field`, to a record of `to`. */
export interface Step {
  readonly from: Entity;
  readonly field: Field;
  readonly to: Entity;
}

/** What a value of a base-value list tells besides its code. */
export type BaseAttribute = 'class' | 'probability' | 'active' | 'position';

/** A name of an expression resolved: references to follow, then a field or a part of it. */
export interface ResolvedPath {
  /** As written, without white space: `account.owner.name`; equal texts are equal paths. */
  readonly text: string;
  readonly steps: readonly Step[];
  /** The entity that holds `field`: the last step's target, or the expression's own entity. */
  readonly entity: Entity;
  readonly field: Field;
  /** Name of the field's part, '' for the field itself. */
  readonly part: string;
  /** Of the field or part; of an attribute path, that of the base value's code. */
  readonly comparable: Comparable;
  /** Set when the path ends in an attribute of a base value: `stage.class`. */
  readonly attribute: { readonly list: string; readonly name: BaseAttribute } | null;
  /** What is compared: the attribute's kind or the comparable's. */
  readonly kind: ComparableKind;
  /** What it held before the change at hand: `old(stage)`. */
  readonly before?: true;
}

/** The records that belong to one: `opportunities` of an account. */
export interface Relation {
  /** As written, without white space; equal texts in one scope are equal relations. */
  readonly text: string;
  /** What of the record itself they are found by: its id, or the ids it holds. */
  readonly key: ResolvedPath;
  readonly to: Entity;
  readonly via:
    | { readonly is: 'reference'; readonly field: Field }
    | { readonly is: 'link'; readonly entity: Entity; readonly from: Field; readonly to: Field }
    | { readonly is: 'ids' };
}

/** What a calculated value is; `nothing` is `null` written out. */
export type ValueKind = 'text' | 'number' | 'money' | 'date' | 'dateTime' | 'boolean' | 'nothing';

/** What is done with values; `later` adds a number of days, `shift` a duration that is written out. */
export type Operation =
  | 'plus'
  | 'minus'
  | 'times'
  | 'over'
  | 'modulo'
  | 'negate'
  | 'abs'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'least'
  | 'greatest'
  | 'coalesce'
  | 'later'
  | 'shift'
  | 'days'
  | 'date'
  | 'year'
  | 'month'
  | 'day'
  | 'weekday'
  | 'week'
  | 'length'
  | 'lower'
  | 'upper'
  | 'trim'
  | 'left'
  | 'right'
  | 'substring'
  | 'concat';

/** A calculation over conditions of one sort and values written in one way. */
export type Term<Cond, Written> =
  | { readonly is: 'literal'; readonly kind: ValueKind; readonly value: Written }
  /** `currency`: the path of the currency where the value is money. */
  | {
      readonly is: 'path';
      readonly kind: ValueKind;
      readonly path: ResolvedPath;
      readonly currency: ResolvedPath | null;
    }
  | {
      readonly is: 'call';
      readonly kind: ValueKind;
      readonly name: Operation;
      readonly of: readonly Term<Cond, Written>[];
      readonly shift?: Shift;
      /** Where days begin, of operations that turn moments into days; known once the asker is. */
      readonly zone?: string;
    }
  | {
      readonly is: 'if';
      readonly kind: ValueKind;
      readonly when: Cond;
      readonly chosen: Term<Cond, Written>;
      readonly otherwise: Term<Cond, Written>;
    }
  /** Over the records of a relation that `where` holds of; `of` is null of `count` alone. */
  | {
      readonly is: 'total';
      readonly kind: ValueKind;
      readonly name: Total;
      readonly over: Relation;
      readonly of: Term<Cond, Written> | null;
      readonly where: Cond | null;
    };

/** What is worked out over related records. */
export type Total = 'count' | 'sum' | 'min' | 'max' | 'avg';

/** A calculation as it is checked. */
export type Value = Term<Condition, Constant>;

/** Units a date or a moment is moved by. */
export type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years';

/** One move of a date or moment; a negative amount goes back. */
export interface Shift {
  readonly amount: number;
  readonly unit: Unit;
}

/** A value written in an expression. Dates and moments are known only when the asker's clock and zone are. */
export type Constant =
  | { readonly is: 'text' | 'code' | 'id'; readonly value: string }
  /** Decimal text, so that nothing is lost. */
  | { readonly is: 'number'; readonly value: string }
  | { readonly is: 'boolean'; readonly value: boolean }
  /** `from`: `today` or YYYY-MM-DD. */
  | { readonly is: 'date'; readonly from: string; readonly shifts: readonly Shift[] }
  /** `from`: `now`, or ISO 8601 with an offset, or without one in the asker's zone. */
  | { readonly is: 'dateTime'; readonly from: string; readonly shifts: readonly Shift[] }
  | { readonly is: 'me' }
  | { readonly is: 'my-teams' }
  /** `empty` or `null`: the missing value. */
  | { readonly is: 'nothing' };

/** What stands on the right of a comparison. */
export type Operand = Constant | { readonly is: 'path'; readonly path: ResolvedPath };

/** An item of a list: a value or an inclusive range, whose missing bound is open. */
export type Item =
  | Operand
  | { readonly is: 'range'; readonly from: Operand | null; readonly to: Operand | null };

/** The comparisons that stay after `<>` became `not =`. */
export type CompareOperator = '=' | '<' | '<=' | '>' | '>=';

/** Where a text is looked for. */
export type MatchWay = 'contains' | 'starts with' | 'ends with';

/** A checked expression. `<>` is `not =`; `is not empty` is `not empty`. */
export type Condition =
  | { readonly is: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'constant'; readonly value: boolean }
  | {
      readonly is: 'compare';
      readonly path: ResolvedPath;
      readonly operator: CompareOperator;
      readonly right: Operand;
    }
  | { readonly is: 'in'; readonly path: ResolvedPath; readonly items: readonly Item[] }
  | { readonly is: 'match'; readonly path: ResolvedPath; readonly way: MatchWay; readonly text: string }
  | { readonly is: 'empty'; readonly path: ResolvedPath }
  /** Two calculated values against each other; texts folded unless `exact`. */
  | {
      readonly is: 'relate';
      readonly operator: CompareOperator;
      readonly left: Value;
      readonly right: Value;
      readonly exact: boolean;
    }
  /** A calculated text within another; folded unless `exact`. */
  | {
      readonly is: 'find';
      readonly way: MatchWay;
      readonly left: Value;
      readonly right: Value;
      readonly exact: boolean;
    }
  | { readonly is: 'missing'; readonly of: Value }
  | { readonly is: 'fits'; readonly of: Value; readonly pattern: Pattern; readonly exact: boolean }
  /** True when there is a related record that `where` holds of. */
  | { readonly is: 'some'; readonly over: Relation; readonly where: Condition | null }
  /** True when one of the paths, all of one field, holds something else than before. */
  | { readonly is: 'changed'; readonly paths: readonly ResolvedPath[] };

/** An expression read and checked against the declarations: immutable, so it may be kept and shared. */
export interface Compiled {
  readonly text: string;
  readonly entity: Entity;
  readonly condition: Condition;
  /** Every path named, once each. */
  readonly paths: readonly ResolvedPath[];
  /** Every relation asked about, those inside relations too. */
  readonly relations: readonly Relation[];
}
