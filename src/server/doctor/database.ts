import { sql } from 'kysely';
import type { Db } from '../../engine/ctx.ts';
import { type Finding, mistake, ok, warning } from './finding.ts';

const oldest = 15;
const skew = { warned: 2_000, wrong: 60_000 };

interface Facts {
  readonly version: number;
  readonly text: string;
  readonly role: string;
  readonly isSuperuser: boolean;
  /** What else the role may do or is a member of, which Rapport doesn’t need. */
  readonly powers: readonly string[];
  readonly bytes: number;
  readonly used: number;
  readonly most: number;
}

/** Looks at the database server: its version, our role in it, its connections and its clock. */
export async function examineDatabase(db: Db, now: () => number = Date.now): Promise<readonly Finding[]> {
  const { rows } = await sql<Facts>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
      current_user as role, r.rolsuper as "isSuperuser",
      array_remove(array[
        case when r.rolcreaterole then 'makes roles' end, case when r.rolcreatedb then 'makes databases' end,
        case when r.rolreplication then 'replicates' end, case when r.rolbypassrls then 'passes by row security' end],
        null) || array(
          select 'is a member of ' || g.rolname from pg_catalog.pg_auth_members m
            join pg_catalog.pg_roles g on g.oid = m.roleid
           where m.member = r.oid and (g.rolname like 'pg\\_%' or g.rolsuper) order by 1) as powers, pg_database_size(current_database()) as bytes,
      (select count(*)::int from pg_catalog.pg_stat_activity where backend_type = 'client backend') as used,
      current_setting('max_connections')::int as most
    from pg_catalog.pg_roles r where r.rolname = current_user`.execute(db);
  const [facts] = rows;
  if (!facts) return [mistake('Database', 'it says nothing of its role', 'Check the role of DATABASE_URL.')];
  return [versionOf(facts), roleOf(facts), connectionsOf(facts), await clock(db, now)];
}

function versionOf({ version, text, bytes }: Facts): Finding {
  const said = `PostgreSQL ${text}, ${(bytes / 1e6).toFixed(0)} MB`;
  if (version >= oldest * 10_000) return ok('Database', said);
  return mistake('Database', said, `Upgrade it to PostgreSQL ${oldest} or newer.`);
}

function roleOf({ role, isSuperuser, powers }: Facts): Finding {
  if (isSuperuser)
    return warning(
      'Database role',
      `${role} is a superuser, which Rapport doesn’t need`,
      'Give it a role of its own: create role rapport login password ‘…’; alter database … owner to rapport.',
    );
  if (powers.length === 0) return ok('Database role', `${role}, no superuser and no further powers`);
  return warning(
    'Database role',
    `${role} ${powers.join(', ')}, which Rapport doesn’t need`,
    `Take that away: alter role ${role} nocreaterole nocreatedb noreplication nobypassrls; revoke … from ${role}.`,
  );
}

function connectionsOf({ used, most }: Facts): Finding {
  const said = `${used} of ${most} connections used`;
  if (used < most * 0.8) return ok('Connections', said);
  return warning('Connections', said, 'Raise max_connections of PostgreSQL, or end what holds them.');
}

async function clock(db: Db, now: () => number): Promise<Finding> {
  const before = now();
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(db);
  const after = now();
  const there = rows[0]?.at ?? 0;
  // The answer was given at some time between: only what lies outside is a difference.
  const apart = Math.max(before - there, there - after, 0);
  const said = `this machine and the database are ${(apart / 1000).toFixed(1)} s apart`;
  const remedy = 'Let both follow a time server (timedatectl set-ntp true).';
  if (apart >= skew.wrong) return mistake('Clock', said, remedy);
  return apart >= skew.warned ? warning('Clock', said, remedy) : ok('Clock', said);
}
