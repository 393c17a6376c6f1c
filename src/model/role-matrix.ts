import type { Action, SpecialRight } from './access.ts';

/** A level as an administrator chooses it. */
export type LevelCode = 'none' | 'own' | 'team' | 'all' | 'through';

/** What one role may do with one entity: as declared, and as an administrator decided instead. */
export interface RoleEntity {
  readonly entity: string;
  readonly label: string;
  readonly system: boolean;
  /** The levels that can be chosen for each action, the least first. */
  readonly choices: Readonly<Record<Action, readonly LevelCode[]>>;
  readonly declared: Readonly<Record<Action, LevelCode>>;
  readonly decided: {
    readonly id: string;
    readonly version: number;
    readonly levels: Readonly<Record<Action, LevelCode>>;
    readonly where: string | null;
    /** False when the condition names something that is gone: then the right reaches nothing. */
    readonly isUnderstood: boolean;
  } | null;
  /** Its fields, and what an administrator decided about each. */
  readonly fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly canBeHidden: boolean;
    readonly isWritten: boolean;
    readonly declared: { readonly read: boolean; readonly write: boolean };
    readonly decided: {
      readonly id: string;
      readonly version: number;
      readonly read: boolean;
      readonly write: boolean;
    } | null;
  }[];
}

/** The answer of `GET …/roles/<id>/matrix`: everything one role may do. */
export interface RoleMatrix {
  readonly code: string;
  readonly special: readonly SpecialRight[];
  readonly entities: readonly RoleEntity[];
}
