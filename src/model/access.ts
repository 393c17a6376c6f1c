/** What somebody may want to do with records of an entity. */
export const actions = ['create', 'read', 'update', 'remove', 'import'] as const;

/** One of `actions`. */
export type Action = (typeof actions)[number];

/**
 * How far a right reaches: every record; those of one's teams and one's own; one's own; none.
 * `{ through: 'account' }` follows the record that a reference field names: a link is read and changed by who
 * may read and change that record.
 */
export type Level = 'all' | 'team' | 'own' | 'none' | { readonly through: string };

/** What one role may do with one entity; what is left out is `none`. */
export type Grant = Partial<Readonly<Record<Action, Level>>>;

/** The grants of an entity by role code; `administrator` always has `all` and needn't be named. */
export type AccessRule = Readonly<Record<string, Grant>>;

/** The role that may do everything. */
export const administrator = 'administrator';

/** The stronger of two levels counts when a user has several roles. */
export function strongest(first: Level, second: Level): Level {
  return rank(first) >= rank(second) ? first : second;
}

function rank(level: Level): number {
  if (typeof level === 'object') return 2.5;
  return { none: 0, own: 1, team: 2, all: 3 }[level];
}
