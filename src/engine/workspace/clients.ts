import type pg from 'pg';
import type { Db } from '../ctx.ts';

const pools = new WeakMap<object, () => Promise<pg.PoolClient>>();

/** Remembers from where `db` takes its connections. */
export const keepPool = (db: Db, connect: () => Promise<pg.PoolClient>): void => void pools.set(db, connect);

/** A statement as it is sent. */
interface Sent {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A connection taken from a pool for one piece of work. */
export interface Client {
  /** The process that serves it, by which another connection cancels what it does. */
  readonly backend: number;
  query(statement: Sent): Promise<readonly unknown[]>;
  /**
   * Sends two statements at once, the second, which only reads, to be done as soon as the first is kept: one round trip
   * instead of two. The rows of the second are null when it failed, which says nothing of the first.
   */
  followed(first: Sent, second: Sent): Promise<readonly [readonly unknown[], readonly unknown[] | null]>;
}

/** What the driver has and its types don't tell. */
interface Driver {
  readonly processID: number;
  /** Whether statements are sent without waiting for the answers before them: changed only while none is under way. */
  pipeline: boolean;
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/** Whether `db` takes a connection for each statement, rather than being one itself. */
export const hasClients = (db: Db): boolean => pools.has(db);

/** Does `work` on a connection of the pool of `db`, which nobody else has meanwhile. */
export async function onClient<T>(db: Db, work: (client: Client) => Promise<T>): Promise<T> {
  const connect = pools.get(db);
  if (!connect) throw new Error('only a pool has connections to give');
  const client = await connect();
  const driver = client as unknown as Driver;
  const send = async ({ name, text, values }: Sent): Promise<readonly unknown[]> => {
    const asked = { text, values: [...values], ...(name === undefined ? {} : { name }) };
    return (await client.query<pg.QueryResultRow>(asked)).rows;
  };
  try {
    return await work({
      backend: driver.processID,
      query: send,
      followed: async (first, second) => {
        const { stream } = driver.connection;
        driver.pipeline = true;
        stream.cork();
        const both = Promise.allSettled([send(first), send(second)]);
        stream.uncork();
        const [one, other] = await both;
        driver.pipeline = false;
        if (one.status === 'rejected') throw one.reason;
        return [one.value, other.status === 'fulfilled' ? other.value : null];
      },
    });
  } finally {
    client.release();
  }
}
