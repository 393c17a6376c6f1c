import type { Labels, Locale } from '../lib/locale.ts';
import type { Mistake } from '../lib/problem.ts';
import type { Field } from '../model/field.ts';
import type { Settings } from './setting.ts';

/** A column of a field in its entity's table. */
export interface Column {
  /** snake_case, unique in the table: `amount`, `amount_currency`, `name_fold`. */
  readonly name: string;
  /** PostgreSQL type with collation, without constraints: `numeric(19,4)`, `text collate "C"`. */
  readonly sql: string;
  /** A check over this column's own name, for lists closed in code. */
  readonly check?: string;
}

/** What kind of thing a path of a field is to filters, sorts and expressions. */
export type ComparableKind =
  | 'text'
  | 'number'
  | 'date'
  | 'dateTime'
  | 'boolean'
  | 'code'
  | 'codes'
  | 'id'
  | 'ids';

/** How filters and sorts see a field or a part of it. */
export interface Comparable {
  readonly kind: ComparableKind;
  /** The column to compare and to sort; of `text`, the folded companion. */
  readonly column: string;
  /** Of `text`: the column that holds it as typed. */
  readonly exact?: string;
  /** The column to sort by where it isn't `column`: a person's name is compared first name first, sorted by last name. */
  readonly sort?: string;
  /** Of a text: a sorted column whose texts begin with this one, so that its index finds them in order. */
  readonly leads?: string;
  /** Of a part: lists are narrowed by it often, so a declared filter of the field has an index on it. */
  readonly narrows?: boolean;
  /** The part's name for people; the field's own path uses the field's label. */
  readonly label?: Labels;
  /** The value at this path in a record's canonical value, for in-memory evaluation: text as typed, numbers as decimal strings, dates and date-times as ISO strings, codes, ids; null when missing. */
  readonly pick: (value: unknown) => unknown;
}

/** What a field type needs to know to read a value: the writer's language, zone and day. */
export interface ReadEnv {
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
  /** Region for phone numbers without a country code, ISO 3166-1 alpha-2; null when unknown. */
  readonly country: string | null;
  /** Currency taken when money comes without one, ISO 4217; null = it must be given. */
  readonly currency: string | null;
  /** How decimals and dates are written in the text being read (import); null = by locale guess. */
  readonly text?: { readonly decimal: '.' | ','; readonly dateOrder: 'ymd' | 'dmy' | 'mdy' } | null;
}

/** A value read, or the mistakes in it; `field` of a mistake is relative: '' or a part's name. */
export type Read<V = unknown> = { readonly value: V | null } | { readonly mistakes: readonly Mistake[] };

/** What a value points at, so that the engine checks it exists, is active and is readable. */
export type Target =
  | { readonly to: 'records'; readonly entities: readonly string[] }
  | { readonly to: 'list'; readonly list: string };

/** Where in the database a value like another is looked for: equal to `text` at one of the places, or beginning so. */
export interface LikeSearch {
  /** One of the likeness's places. */
  readonly place: string;
  readonly text: string;
  readonly isBeginning?: boolean;
}

/** How values that mean the same though they are written differently are told to be the same. */
export interface Likeness<V = unknown> {
  /** What is equal of values that mean the same; null when it tells too little. */
  of(value: V): string | null;
  /** How alike two values are: 1 the same, 0 tells nothing, −1 others. Left out: as `of` is equal or not. */
  between?(one: V, other: V): number;
  /**
   * Immutable SQL expressions over the field's own columns, each written by `column`. Those that `searches` names have
   * an index, so their text columns are `collate "C"`.
   */
  readonly places: Readonly<Record<string, (column: (name: string) => string) => string>>;
  /** Where values like this one stand; none: records are found by their other fields, and then compared. */
  searches(value: V): readonly LikeSearch[];
  /** Names the places that `searches` may name. */
  readonly searched: readonly string[];
  /** Parts of the value, of which a record found by something else must have one at one of these places. */
  readonly parts?: { readonly places: readonly string[]; of(value: V): readonly string[] };
}

/**
 * All the server knows of one field type. The canonical value `V` is JSON-safe: decimals are strings, ids
 * are strings, null is empty. Nothing here touches the database.
 */
export interface FieldType<V = unknown> {
  /** kebab-case, the folder's name. */
  readonly name: string;
  columns(field: Field): readonly Column[];
  /** Comparable paths: '' is the field itself (absent when it can't be compared as a whole), others its parts. */
  paths(field: Field): Readonly<Record<string, Comparable>>;
  /** Whether lists may be sorted by its '' path. */
  readonly sortable: boolean;
  /** Reads a JSON value from a door; null, undefined and '' are empty. `before` is the stored value, for composites that merge. */
  read(input: unknown, field: Field, env: ReadEnv, before?: V | null): Read<V>;
  /** Reads text of a file's cell, for the field itself or one of its `textParts`. */
  readText(text: string, field: Field, env: ReadEnv, part?: string): Read<unknown>;
  /** Parts that a file's column may fill singly (`amount.currency`, `address.city`), with names for people and header words guessed. `''` isn't listed. */
  textParts?(field: Field): Readonly<Record<string, Labels>>;
  /**
   * What the columns of a file hold, so that `readText` gives the same value again: '' is the field's own column,
   * others its `textParts`. Left out: one column that holds the value as `String` writes it.
   */
  cells?(field: Field): Readonly<Record<string, (value: V) => string | null>>;
  /** Of values that are objects: the member that the field's own column of a file holds. */
  readonly ownMember?: string;
  toRow(value: V | null, field: Field): Readonly<Record<string, unknown>>;
  fromRow(row: Readonly<Record<string, unknown>>, field: Field): V | null;
  /** As a person reads it in plain text: titles, history, search, export. Labels of codes and references are resolved by the engine before. */
  toText(value: V, field: Field, env: ReadEnv): string;
  /** JSON Schema (2020-12, as OpenAPI 3.1 takes it) of the value as doors read and answer it. */
  jsonSchema(field: Field, direction: 'in' | 'out'): Readonly<Record<string, unknown>>;
  /** A valid value, for OpenAPI examples and generated tests. */
  example(field: Field): unknown;
  target?(field: Field): Target;
  /** The ids or codes a value holds, with the entity where there are several. */
  pointsAt?(value: V, field: Field): readonly { readonly id: string; readonly entity?: string }[];
  /** Left out: values are the same when their whole path is, and are looked for by it. */
  likeness?(field: Field): Likeness<V>;
  /** Options the browser's input needs; defaults to the field's options. */
  describe?(field: Field): Readonly<Record<string, unknown>>;
  /** What an administrator may set of a field that he declares himself; absent where only code declares this type. */
  readonly settings?: Settings;
  /** Checks the field's declaration at start: texts of mistakes. */
  verify?(field: Field): readonly string[];
}
