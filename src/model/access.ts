/** What somebody may want to do with records of an entity. */
export const actions = ['create', 'read', 'update', 'remove', 'import', 'export', 'massChange'] as const;

/** One of `actions`. */
export type Action = (typeof actions)[number];

/**
 * How far a right reaches: every record; those of one's teams and one's own; one's own; none.
 * `{ through: 'account' }` follows the record that a reference field names: a link is read and changed by who
 * may read and change that record. `{ when: 'owner = me' }` reaches the records of which an expression holds.
 */
export type Level = Reached | { readonly when: string };

/** A level that says by itself which records it reaches. */
export type Reached = 'all' | 'team' | 'own' | 'none' | { readonly through: string };

/** What one role may do with one entity; what is left out is `none`. */
export type Grant = Partial<Readonly<Record<Action, Level>>>;

/** The grants of an entity by role code; `administrator` always has `all` and needn't be named. */
export type AccessRule = Readonly<Record<string, Grant>>;

/** Stands for every role of which an entity says nothing else: what everybody needs, whatever his work is. */
export const everyRole = '*';

/** The role that may do everything. */
export const administrator = 'administrator';

/** How far somebody reaches with all his roles together; `filtered` = which records, only SQL can tell. */
export type Reach = Reached | 'filtered';

/** What a role may be allowed besides the records: each is one thing that otherwise only administrators do. */
export const specialRights = [
  'manage-users',
  'manage-lists',
  'declare-fields',
  'undo-any',
  'erase',
  'explain-access',
  'share-views',
] as const;

/** One of `specialRights`. */
export type SpecialRight = (typeof specialRights)[number];
