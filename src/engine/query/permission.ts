import type { RawBuilder } from 'kysely';
import type { Action } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import { accessSql, levelFor, may, type OwnedRow } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';

/** How it is told, for each record served, whether the reader may treat it with an action. */
export interface Permission {
  /** Root columns the answer is worked out from. */
  readonly columns: readonly string[];
  /** A boolean column to select as `can.<action>`, where only SQL can tell. */
  readonly sql: RawBuilder<boolean> | null;
  read(row: Readonly<Record<string, unknown>>): boolean;
}

/** Works out `can` without a statement of its own: from owner and teams, or as a column of the same statement. */
export function permissionOf(ctx: Ctx, entity: Entity, action: Action, alias: string): Permission {
  const level = levelFor(ctx, entity, action);
  if (level === 'all' || level === 'none') return { columns: [], sql: null, read: () => level === 'all' };
  if (typeof level === 'object' || level === 'filtered') {
    const column = `can.${action}`;
    return {
      columns: [],
      sql: accessSql(ctx, entity, action, alias) as RawBuilder<boolean>,
      read: (row) => row[column] === true,
    };
  }
  return {
    columns: ['owner_id', 'teams_ids'],
    sql: null,
    read: (row) => may(ctx, entity, action, row as unknown as OwnedRow),
  };
}
