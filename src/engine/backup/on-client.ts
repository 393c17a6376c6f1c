import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Db } from '../ctx.ts';

/** Statements on one connection, beside what only the connection itself can do. */
export const dbOn = (client: pg.PoolClient): Db =>
  new Kysely({
    dialect: new PostgresDialect({
      pool: {
        // The connection belongs to who opened it; Kysely neither gives it back nor ends it.
        connect: async () => ({
          query: client.query.bind(client),
          release: () => {},
        }),
        end: async () => {},
        options: {},
      },
    }),
  });

/** How values are written as text: the same at backup and restore, whatever the server is set to. */
export const textSettings = [
  "set local datestyle = 'ISO, YMD'",
  "set local intervalstyle = 'postgres'",
  "set local timezone = 'UTC'",
  "set local bytea_output = 'hex'",
  'set local extra_float_digits = 1',
  "set local client_encoding = 'UTF8'",
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
].join('; ');
