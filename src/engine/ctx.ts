import type { Kysely } from 'kysely';
import type { Locale } from '../lib/locale.ts';
import type { BaseValue } from '../model/base-list.ts';
import type { Model } from '../model/declarations.ts';
import type { Door } from '../model/event.ts';

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

/** A workspace being served: its schema and everything declared in it. */
export interface Workspace {
  readonly name: string;
  /** PostgreSQL schema that holds all its tables: `w_<name>`. */
  readonly schema: string;
  readonly model: Model;
  readonly baseValues: BaseValues;
  /** Currency of a new workspace's money, ISO 4217. */
  readonly currency: string;
  /** Reads the base values anew, at once; other processes hear of it through NOTIFY. */
  refresh(): Promise<void>;
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
  /** Groups the events of one import, undo or other batch. */
  readonly batch: string | null;
  /** Aborted when the asker has gone: long reads are cancelled. */
  readonly signal?: AbortSignal;
}

/** The system acting for itself, with every right; for seeds, jobs and rules. */
export const systemWho: Who = { userId: null, name: 'Rapport', roles: ['administrator'], teams: [] };
