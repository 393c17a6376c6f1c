import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** What a plan asks about the rows of a table that is already there. */
export interface TableRows {
  isEmpty(): Promise<boolean>;
  /** How many rows don't meet a condition, looked at up to 1,000. */
  countFailing(condition: string): Promise<number>;
}

/** Asks the table itself, at most once for each question. */
export function tableRows(db: Db, schema: string, table: string): TableRows {
  let empty: Promise<boolean> | undefined;
  const isEmpty = async (): Promise<boolean> => {
    const { rows } = await sql<{ any: boolean }>`
      select exists(select 1 from ${sql.id(schema, table)}) as "any"`.execute(db);
    return rows[0]?.any === false;
  };
  return {
    isEmpty: () => (empty ??= isEmpty()),
    async countFailing(condition) {
      const { rows } = await sql<{ count: string | number }>`
        select count(*) as "count"
          from (select 1 from ${sql.id(schema, table)} where not (${sql.raw(condition)}) limit 1000) as failing`.execute(
        db,
      );
      return Number(rows[0]?.count ?? 0);
    },
  };
}
