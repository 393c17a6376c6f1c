import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { codeOf, StartError, saying } from './start-error.ts';

const oldest = 15;

/** How long a server that starts beside us may take, in milliseconds. */
const patience = { starting: 60_000, refused: 10_000 };

const remedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No server listens there: check host and port, and that it runs.',
  ENOTFOUND: 'That host is unknown: check its name.',
  EAI_AGAIN: 'That host name can’t be looked up now: check it, and the network.',
  ETIMEDOUT: 'It does not answer: check host, port and firewall.',
  '28P01': 'The server refuses this user and password.',
  '28000': 'The server refuses this user from here: check its pg_hba.conf.',
  '3D000': 'The server has no such database: create it first.',
  '42501': 'This user may not enter that database: grant connect on database … to it, or name its own.',
  '53300': 'The server has no connection left: raise its max_connections.',
  '57P03': 'The server is still starting up.',
};

/** The address without its password, as it may be shown. */
export function publicAddress(databaseUrl: string): string {
  const { hostname, port, pathname, username, searchParams } = new URL(databaseUrl);
  const host = decodeURIComponent(hostname) || searchParams.get('host') || 'localhost';
  return `${decodeURIComponent(username) || '(no user)'} at ${host}${port ? `:${port}` : ''}${pathname}`;
}

async function connected(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a connection that breaks later is told by its next query
  await client.connect();
  return client;
}

async function patiently(databaseUrl: string, log: Log): Promise<pg.Client> {
  const begun = Date.now();
  for (let said = false; ; said = true) {
    try {
      return await connected(databaseUrl);
    } catch (error) {
      const code = codeOf(error) ?? '';
      const wait = code === '57P03' ? patience.starting : code === 'ECONNREFUSED' ? patience.refused : 0;
      if (Date.now() - begun >= wait) {
        const remedy = remedies[code] ?? (/timeout/i.test(saying(error)) ? remedies.ETIMEDOUT : undefined);
        throw new StartError(
          `The database of DATABASE_URL (${publicAddress(databaseUrl)}) can't be reached. ${remedy ?? saying(error)}`,
        );
      }
      if (!said) log.info(`Waiting for the database of DATABASE_URL (${publicAddress(databaseUrl)})`);
      await sleep(500);
    }
  }
}

/** Makes sure that the server of `DATABASE_URL` answers, is new enough and lets Rapport make its tables. */
export async function checkExternalDatabase(databaseUrl: string, log: Log): Promise<void> {
  const client = await patiently(databaseUrl, log);
  try {
    const { rows } = await client.query<{
      version: string;
      encoding: string;
      creates: boolean;
      replica: boolean;
    }>(
      `select current_setting('server_version_num') as version, pg_catalog.pg_encoding_to_char(encoding) as encoding,
              pg_catalog.has_database_privilege(current_user, oid, 'CREATE') as creates,
              pg_catalog.pg_is_in_recovery() as replica
         from pg_catalog.pg_database where datname = current_database()`,
    );
    const [found] = rows;
    const major = Math.floor(Number(found?.version ?? 0) / 10_000);
    const mistakes = [
      ...(major < oldest ? [`it is PostgreSQL ${major}, and Rapport needs ${oldest} or newer`] : []),
      ...(found?.encoding !== 'UTF8'
        ? [`its encoding is ${found?.encoding}: create a database with encoding UTF8`]
        : []),
      ...(found?.creates ? [] : ['its user may not create schemas: grant create on database … to that user']),
      ...(found?.replica ? ['it is a read-only replica: name the primary server'] : []),
    ];
    if (mistakes.length === 0) return;
    throw new StartError(
      `The database of DATABASE_URL (${publicAddress(databaseUrl)}) can't be used:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
    );
  } finally {
    await client.end();
  }
}
