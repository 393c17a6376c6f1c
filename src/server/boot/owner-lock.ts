import pg from 'pg';

/** The key of the advisory lock that marks the living owner of an embedded server. */
const lockKey = 7_263_011_890;

/** The lock, held as long as its connection lives; or who holds it. */
export type OwnerLock =
  | { readonly isHeld: true; readonly broken: Promise<void>; release(): Promise<void> }
  | { readonly isHeld: false; readonly owner: string };

/** What other starts read of an owner: PostgreSQL keeps 63 bytes of it. */
const calling = (owner: string): string => `rapport ${process.pid} ${owner}`.slice(0, 63);

async function holderOf(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and (l.classid::bigint << 32) | l.objid::bigint = $1`,
    [lockKey],
  );
  if (!rows[0]) return null;
  const [, pid, owner] = /^rapport (\d+) ?(.*)$/.exec(rows[0].name) ?? [];
  return pid === undefined ? 'process unknown' : [`process ${pid}`, owner].filter(Boolean).join(', ');
}

/** Who owns the server at `superuserUrl`, without taking the lock; null when nobody does. */
export async function readOwner(superuserUrl: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await holderOf(client);
  } finally {
    await client.end();
  }
}

/** Tries to become the owner of the server at `superuserUrl`. */
export async function takeOwnerLock(superuserUrl: string, owner: string): Promise<OwnerLock> {
  const client = new pg.Client({
    connectionString: superuserUrl,
    application_name: calling(owner),
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  const broken = new Promise<void>((resolve) => {
    client.once('end', () => resolve());
    client.on('error', () => resolve());
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      lockKey,
    ]);
    if (rows[0]?.taken) return { isHeld: true, broken, release: () => client.end() };
    const holder = (await holderOf(client)) ?? 'process unknown';
    await client.end();
    return { isHeld: false, owner: holder };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
