import pg from 'pg';

/** The one PostgreSQL of a test run: as the role that owns Rapport's databases, and as superuser. */
export interface TestServer {
  readonly url: string;
  readonly superuserUrl: string;
}

/** The database that each test's own is cloned from. */
export const template = 'rapport_template';

/** `url`, with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Runs `work` on a connection of its own to the database at `url`, and closes it. */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
