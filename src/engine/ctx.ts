import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { Locale } from '../lib/locale.ts';
import type { Grant, SpecialRight } from '../model/access.ts';
import type { BaseValue } from '../model/base-list.ts';
import type { Model } from '../model/declarations.ts';
import type { DuplicateMatching } from '../model/duplicate.ts';
import type { Entity } from '../model/entity.ts';
import type { Door } from '../model/event.ts';
import type { NumberPattern } from '../model/number-series.ts';

/** The database handle the engine works on: a pool or one transaction. Statements name their schema. */
export type Db = Kysely<Record<string, Record<string, unknown>>>;

/** Who acts: a signed-in user, a program with a user's key, or the system itself. */
export interface Who {
  /** null = the system. */
  readonly userId: string | null;
  readonly name: string;
  /** Role codes. */
  readonly roles: readonly string[];
  /** Ids of the teams the user is a member of. */
  readonly teams: readonly string[];
}

/** The values of all base-value lists of a workspace, kept current in memory. */
export interface BaseValues {
  /** Values of a list by position, inactive ones included. */
  all(list: string): readonly BaseValue[];
  find(list: string, code: string): BaseValue | null;
}

/** A condition on the records that a right reaches, in the expression language. */
export interface RowFilter {
  readonly text: string;
  /** The record's own fields that it starts from. */
  readonly fields: readonly string[];
  /**
   * The condition over `alias`, worked out with the system's sight, with `me` and `my teams` those of the asker; null
   * when the text is no longer understood (a field of it is gone): such a right reaches no record.
   */
  readonly sql: ((ctx: Ctx, alias: string) => RawBuilder<SqlBool>) | null;
}

/** What one role may do with one entity, in place of what the entity declares for it. */
export interface StoredGrant {
  readonly levels: Grant;
  readonly filter: RowFilter | null;
}

/** What administrators decided about roles, kept current in memory; replaced as a whole when any of it changes. */
export interface Rights {
  /** null = as declared. */
  grantOf(role: string, entity: string): StoredGrant | null;
  /** null = as declared. */
  fieldRightOf(
    role: string,
    entity: string,
    field: string,
  ): { readonly read: boolean; readonly write: boolean } | null;
  specialOf(role: string): readonly SpecialRight[];
  /** An expression by which an entity itself declares which records are reached. */
  filterOf(entity: Entity, text: string): RowFilter;
  /** The texts of the row filters that hold for somebody of these roles, stored and declared. */
  filtersOf(roles: readonly string[]): readonly string[];
}

/** How a series of numbers is given, as an administrator keeps it. */
export interface NumberSeries extends NumberPattern {
  /** `opportunity.number` */
  readonly code: string;
  readonly gapFree: boolean;
  /** The lowest number it may give. */
  readonly start: number;
  readonly version: number;
}

/** Numbers of a series that this process took ahead. */
export interface NumberBlock {
  next: number;
  last: number;
  size: number;
  at: number;
  turn: Promise<void>;
}

/** The series of numbers of a workspace, kept current in memory, and what this process holds of them. */
export interface Numbers {
  /** null = as its field declares it. */
  find(code: string): NumberSeries | null;
  /** The pool itself, for numbers that no transaction waits for. */
  readonly pool: Db;
  readonly blocks: Map<string, NumberBlock>;
}

/** A workspace being served: its schema and everything declared in it. */
export interface Workspace {
  readonly name: string;
  /** PostgreSQL schema that holds all its tables: `w_<name>`. */
  readonly schema: string;
  /** What code and the workspace's administrators declare, as it is now. */
  readonly model: Model;
  /** What code alone declares. */
  readonly declaredInCode: Model;
  readonly baseValues: BaseValues;
  readonly rights: Rights;
  readonly numbers: Numbers;
  /** What makes two records of an entity look like the same, as an administrator says it now; null = not looked for. */
  matchingOf(entity: Entity): DuplicateMatching | null;
  /** Currency of a new workspace's money, ISO 4217. */
  readonly currency: string;
  /** Records that went into others by merges, and those that stand for them now; for filters, which go on naming the first. */
  readonly mergedIds: ReadonlyMap<string, string>;
  /** The number of the set-up that is held in memory; see `setupVersionSql`. */
  readonly setupVersion: number;
  /** Reads the base values, rights and merged ids anew, at once; other processes hear of it through NOTIFY. */
  refresh(): Promise<void>;
}

/** Where the tables of a workspace are, for a look into them that needs nothing of its set-up: it may be closed. */
export interface Place {
  readonly db: Db;
  readonly workspace: Pick<Workspace, 'name' | 'schema'>;
}

/** Everything a verb needs to know of the request it serves; always the first parameter. */
export interface Ctx {
  readonly who: Who;
  readonly workspace: Workspace;
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
  readonly db: Db;
  readonly door: Door;
  /** Everything is rolled back in the end (a dry run): nothing is taken that a roll-back doesn’t give back. */
  readonly isTrial?: boolean;
  /** Groups the events of one import, undo or other batch. */
  readonly batch: string | null;
  /** Set where a declared verb writes fields of its own record that nobody writes by hand. */
  readonly writesReadOnly?: boolean;
  /** New records that may be there already are refused. */
  readonly refusesDuplicates?: boolean;
  /** The record of which a verb makes others, which so are none of its duplicates. */
  readonly madeFrom?: string;
  /** Aborted when the asker has gone: long reads are cancelled. */
  readonly signal?: AbortSignal;
}

/** The system acting for itself, with every right; for seeds, jobs and rules. */
export const systemWho: Who = { userId: null, name: 'Rapport', roles: ['administrator'], teams: [] };
