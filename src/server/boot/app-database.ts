import pg from 'pg';

/**
 * Makes the role and the database of the app where they are missing. The role owns its database and may do
 * nothing beyond: it is no superuser, makes no role and no database.
 */
export async function ensureAppDatabase(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const has = async (query: string) => ((await client.query(query)).rowCount ?? 0) > 0;
    if (!(await has(`select 1 from pg_catalog.pg_roles where rolname = 'rapport'`))) {
      await client.query('create role rapport');
    }
    await client.query(
      `alter role rapport with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
       password ${client.escapeLiteral(password)}`,
    );
    if (!(await has(`select 1 from pg_catalog.pg_database where datname = 'rapport'`))) {
      await client.query('create database rapport owner rapport');
    }
  } finally {
    await client.end();
  }
}
