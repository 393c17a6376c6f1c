import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** Tells every process that a workspace was made, brought up to a version or dropped, once the transaction is kept. */
export const tellWorkspace = (db: Db, name: string): Promise<unknown> =>
  sql`select pg_notify('rapport_workspaces', ${name})`.execute(db);
