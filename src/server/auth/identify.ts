import { sql } from 'kysely';
import { rightsSql } from '../../engine/access/rights-sql.ts';
import type { Db, Workspace } from '../../engine/ctx.ts';
import { readAtOnce, statementName } from '../../engine/query/prepared.ts';
import { reachSetup, setupVersionSql } from '../../engine/workspace/setup-version.ts';
import { isLocale } from '../../lib/locale.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import type { Identity } from './identity.ts';
import { idleSeconds, seenEverySeconds } from './policy.ts';
import { hashToken } from './token.ts';

interface Row {
  readonly credential: string;
  readonly seen: Date | null;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly theme: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly setup: number;
}

/** Whose workspace and when a credential is looked up. */
export interface LookUp {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly now: Date;
  /** Doesn't count as use of the credential. */
  readonly isPassive?: boolean;
}

/** Who holds this session token; null when it's unknown or expired, or when the user isn't active. */
export async function identifySession(look: LookUp, token: string): Promise<Identity | null> {
  const idleSince = new Date(look.now.getTime() - idleSeconds * 1000);
  const row = await find(look, 'session', [hashToken(token), look.now, idleSince]);
  if (row && !look.isPassive && isStale(row.seen, look.now)) {
    await sql`update ${sql.id(look.workspace.schema, 'session')} set last_seen_at = ${look.now} where id = ${row.credential}`.execute(
      look.db,
    );
  }
  return row ? identity(row, 'session') : null;
}

/** Who holds this API key's secret; null when it's unknown, revoked or expired, or when the user isn't active. */
export async function identifyKey(look: LookUp, secret: string): Promise<Identity | null> {
  const row = await find(look, 'key', [hashToken(secret), look.now]);
  if (row && !look.isPassive && isStale(row.seen, look.now)) {
    await sql`update ${sql.id(look.workspace.schema, 'api_key')} set last_used_at = ${look.now} where id = ${row.credential}`.execute(
      look.db,
    );
  }
  return row ? identity(row, 'key') : null;
}

type Kind = Identity['through']['kind'];

/**
 * The one statement that each request costs: credential, active user, role codes and teams at once, and whether the
 * set-up changed in any process, which is read anew before anything is decided by it. Connections
 * keep its plan: planned each time it costs several times what it costs to run.
 */
async function find(look: LookUp, kind: Kind, values: readonly unknown[]): Promise<Row | undefined> {
  const key = `${kind} ${look.workspace.schema}`;
  let known = statements.get(key);
  if (!known) {
    const text = findText(look, kind);
    known = { text, name: statementName(text) };
    statements.set(key, known);
  }
  const [row] = await readAtOnce<Row>(look.db, known.name, known.text, values);
  if (row) await reachSetup(look.workspace, row.setup);
  return row;
}

const statements = new Map<string, { readonly text: string; readonly name: string }>();

/** Its parameters: the hash of the token, the time, and of a session the time since which it must have been used. */
function findText({ db, workspace }: LookUp, kind: Kind): string {
  const { schema } = workspace;
  const credential =
    kind === 'session'
      ? sql`select s.id as credential, s.user_id, s.last_seen_at as seen from ${sql.id(schema, 'session')} s
        where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3`
      : sql`select k.id as credential, k.user_id, k.last_used_at as seen from ${sql.id(schema, 'api_key')} k
        where k.token_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`;
  return sql`
    select c.credential, c.seen, u.id, u.name, u.email, u.locale, u.time_zone, u.theme, ${rightsSql(schema, 'u')},
      ${setupVersionSql(schema)} as setup
    from (${credential}) c
    join ${sql.id(schema, 'user')} u on u.id = c.user_id and u.active and u.removed_at is null`.compile(db)
    .sql;
}

const isStale = (seen: Date | null, now: Date): boolean =>
  seen === null || now.getTime() - seen.getTime() > seenEverySeconds * 1000;

function identity(row: Row, kind: Kind): Identity {
  return {
    who: { userId: row.id, name: row.name, roles: row.roles, teams: row.teams },
    email: row.email,
    locale: isLocale(row.locale) ? row.locale : 'en',
    timeZone: isTimeZone(row.time_zone) ? row.time_zone : 'UTC',
    theme: row.theme,
    through: { kind, id: row.credential },
  };
}
