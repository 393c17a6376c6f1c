import type { Action } from './access.ts';

/** One role of somebody and what it says about an action on a record, in the reader's language. */
export interface AccessReason {
  /** The role's name; null of what needs no role. */
  readonly role: string | null;
  readonly level: 'all' | 'team' | 'own' | 'through' | 'none';
  /** Where the right comes from: the entity's declaration, what an administrator decided, or the role's nature. */
  readonly from: 'declared' | 'decided' | 'administrator' | 'special';
  /** Whether this role lets him. */
  readonly holds: boolean;
  /** The condition besides; its text is null for who may not know all that it names. */
  readonly condition: {
    readonly text: string | null;
    readonly holds: boolean;
    readonly isUnderstood: boolean;
  } | null;
  readonly reason: string;
}

/** Whether somebody may do one thing to a record, and by which of his roles. */
export interface ActionAnswer {
  readonly action: Action;
  readonly label: string;
  readonly allowed: boolean;
  readonly because: readonly AccessReason[];
}

/** The answer of `GET …/access`: what somebody may do to one record, and why. */
export interface AccessAnswer {
  readonly user: { readonly id: string; readonly label: string };
  readonly isActive: boolean;
  readonly roles: readonly string[];
  readonly actions: readonly ActionAnswer[];
  /** The fields that he doesn't see, or sees without writing them, though he may change the record. */
  readonly fields: readonly FieldAnswer[];
}

/** Whether somebody sees and writes one field, and by which of his roles. */
export interface FieldAnswer {
  readonly field: string;
  readonly label: string;
  readonly read: boolean;
  readonly write: boolean;
  readonly because: readonly {
    readonly role: string | null;
    readonly read: boolean;
    readonly write: boolean;
    readonly reason: string;
  }[];
}

/** The answer of `GET …/access/<field>`: the record besides, since who may not see it sees no field of it. */
export interface FieldAccessAnswer extends AccessAnswer {
  readonly field: FieldAnswer;
}
