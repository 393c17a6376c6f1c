import type pg from 'pg';
import type { Db } from '../ctx.ts';

const pools = new WeakMap<object, pg.Pool>();

/** Remembers whose connections `db` takes. */
export const keepPool = (db: Db, pool: pg.Pool): void => void pools.set(db, pool);

/** A connection taken from a pool for one piece of work. */
export interface Client {
  /** The process that serves it, by which another connection cancels what it does. */
  readonly backend: number;
  query(statement: {
    readonly name?: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }): Promise<readonly unknown[]>;
}

/** Whether `db` takes a connection for each statement, rather than being one itself. */
export const hasClients = (db: Db): boolean => pools.has(db);

/** Does `work` on a connection of the pool of `db`, which nobody else has meanwhile. */
export async function onClient<T>(db: Db, work: (client: Client) => Promise<T>): Promise<T> {
  const pool = pools.get(db);
  if (!pool) throw new Error('only a pool has connections to give');
  const client = await pool.connect();
  try {
    return await work({
      // The driver keeps it for its own cancelling; its types don't tell.
      backend: (client as unknown as { readonly processID: number }).processID,
      query: async ({ name, text, values }) => {
        const asked = { text, values: [...values], ...(name === undefined ? {} : { name }) };
        return (await client.query<pg.QueryResultRow>(asked)).rows;
      },
    });
  } finally {
    client.release();
  }
}
