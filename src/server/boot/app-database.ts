import pg from 'pg';

/**
 * Makes the role and the database of the app where they are missing. The role owns its database and may do
 * nothing beyond: it is no superuser, makes no role and no database, is a member of no role that reads files or runs
 * programs, enters no other database, and finds nothing but what a statement names with its schema.
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
    await client.query(`alter role rapport set search_path = ''`);
    const { rows: powers } = await client.query<{ name: string }>(
      `select r.rolname as name from pg_catalog.pg_auth_members m join pg_catalog.pg_roles r on r.oid = m.roleid
        where m.member = 'rapport'::regrole`,
    );
    for (const { name } of powers) await client.query(`revoke ${client.escapeIdentifier(name)} from rapport`);
    if (!(await has(`select 1 from pg_catalog.pg_database where datname = 'rapport'`))) {
      await client.query('create database rapport owner rapport');
    }
    // By default everybody enters every database.
    for (const name of ['postgres', 'template1', 'rapport'])
      await client.query(`revoke connect, temporary on database ${name} from public`);
    await closePublicSchema(superuserUrl);
  } finally {
    await client.end();
  }
}

/** The schema that everybody finds by default holds nothing of ours, and nobody puts anything into it. */
async function closePublicSchema(superuserUrl: string): Promise<void> {
  const url = new URL(superuserUrl);
  url.pathname = '/rapport';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_catalog.pg_namespace where nspname = 'public'`);
    // Who owns a database owns this schema as well, unless somebody else is named.
    if (rowCount)
      await client.query(
        'alter schema public owner to current_user; revoke all on schema public from public, rapport',
      );
  } finally {
    await client.end();
  }
}
