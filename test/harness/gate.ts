import pg from 'pg';
import { until } from './until.ts';

/** A lock that a test holds against the app, so that it is stopped at a place of the test's choosing, on any machine. */
export interface Gate {
  /** Resolves once a statement of the app waits for it. */
  met(): Promise<unknown>;
  /** Lets go, taking back what the statement did. */
  open(): Promise<void>;
}

/** Runs `statement` in a transaction that stays open until the gate is opened. */
export async function closeGate(
  databaseUrl: string,
  statement: string,
  values: readonly unknown[],
): Promise<Gate> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A test that fails stops its database under this.
  client.on('error', () => {});
  await client.connect();
  await client.query('begin');
  const { rowCount } = await client.query(statement, [...values]);
  if (rowCount !== 1) throw new Error(`the gate holds ${rowCount} rows: ${statement}`);
  const waiting = async (): Promise<number> => {
    // Not of pg_stat_activity, which shows a transaction the same picture until its end.
    const { rowCount: count } = await client.query(
      'select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))',
    );
    return count ?? 0;
  };
  return {
    met: () => until(waiting, (count) => count > 0),
    open: async () => {
      await client.query('rollback');
      await client.end();
    },
  };
}
