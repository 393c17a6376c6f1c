import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '../ctx.ts';
import { keepPool } from './clients.ts';
import { closeFastLane, openFastLane } from './fast-lane.ts';
import { closeNotices, openNotices } from './notices.ts';

/** A database being used: statements go through `db`; `pool` is for what Kysely can't do. */
export interface OpenPool {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Ends every connection, those that listen included. */
  close(): Promise<void>;
}

/** How many connections a process takes, and what it calls itself to the server. */
export interface PoolOptions {
  readonly max?: number;
  /** Statements that one connection may keep the plans of. */
  readonly mostKept?: number;
  readonly applicationName?: string;
}

/**
 * Statements whose plans a connection keeps before it is replaced by a new one. The database server keeps them, and
 * what it knows of their tables, for each connection apart: over hundreds of workspaces that comes to gigabytes.
 */
const mostKept = 600;

const { INT8, DATE, NUMERIC } = pg.types.builtins;

/**
 * int8 as a number (no count or size here comes near 2^53), numeric as a string (a decimal is never a float), date
 * as 'YYYY-MM-DD' (a day has no zone), timestamptz as a Date, arrays of uuid and text as arrays.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown => {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    if (oid === INT8) return Number;
    if (oid === DATE || oid === NUMERIC) return (text: string) => text;
    return pg.types.getTypeParser(oid, 'text');
  }) as typeof pg.types.getTypeParser,
};

/** Opens a pool of connections to a PostgreSQL; a connection that breaks while idle is replaced silently. */
export function openPool(url: string, o: PoolOptions = {}): OpenPool {
  const config: pg.ClientConfig = {
    connectionString: url,
    application_name: o.applicationName ?? 'rapport',
    types,
    keepAlive: true,
  };
  const pool = new pg.Pool({
    ...config,
    max: o.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  });
  // Without a listener the loss of a connection, idle or in use, would end the process. Who uses it is told by the
  // statement that fails; the pool makes a new one when asked.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const most = o.mostKept ?? mostKept;
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    const { release } = client;
    client.release = (isBroken) => release(isBroken || keptBy(client) > most);
    return client;
  };
  const db: Db = new Kysely({
    dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: pool.options } }),
  });
  keepPool(db, connect);
  openNotices(
    db,
    () => new pg.Client({ ...config, application_name: `${config.application_name} (listening)` }),
  );
  openFastLane(
    db,
    () =>
      new pg.Client({
        ...config,
        application_name: `${config.application_name} (short reads)`,
        connectionTimeoutMillis: 10_000,
        pipeline: true,
      }),
    most,
  );
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await closeFastLane(db);
    await closeNotices(db);
    await db.destroy();
    // Kysely ends only a pool that it has used.
    if (!pool.ending) await pool.end();
  };
  return { db, pool, close: () => (closing ??= close()) };
}

/** How many statements a connection keeps. The driver knows: it must not send a text twice under one name. */
function keptBy(client: pg.PoolClient): number {
  const { connection } = client as unknown as {
    readonly connection?: { readonly parsedStatements?: object };
  };
  return Object.keys(connection?.parsedStatements ?? {}).length;
}
