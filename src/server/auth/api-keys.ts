import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import type { SessionPlace } from './sessions.ts';
import { hashToken, newToken, writeApiKey } from './token.ts';

/** A program's key, without its secret. */
export interface ApiKeyOut {
  readonly id: string;
  readonly name: string;
  /** How the key starts, to tell it from others. */
  readonly prefix: string;
  readonly user: { readonly id: string; readonly label: string };
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly user_id: string;
  readonly label: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

/** Makes a key with which a program acts as `userId`; the answer holds the only copy of its secret. */
export async function createApiKey(
  place: SessionPlace & { readonly workspace: string },
  o: {
    readonly userId: string;
    readonly name: string;
    readonly createdBy: string | null;
    readonly expiresAt: Date | null;
  },
): Promise<{ readonly id: string; readonly key: string }> {
  const id = newId();
  const secret = newToken();
  const key = writeApiKey(place.workspace, secret);
  const prefix = writeApiKey(place.workspace, secret.slice(0, 4));
  await sql`
    insert into ${sql.id(place.schema, 'api_key')} (id, user_id, name, token_hash, prefix, created_at, created_by, expires_at)
    values (${id}, ${o.userId}, ${o.name}, ${hashToken(secret)}, ${prefix}, ${place.now}, ${o.createdBy}, ${o.expiresAt})
  `.execute(place.db);
  return { id, key };
}

/** The keys that work, the newest first: of one user, or with null of everybody; `id` picks one. */
export async function listApiKeys(
  place: SessionPlace,
  userId: string | null,
  id: string | null = null,
): Promise<readonly ApiKeyOut[]> {
  const { rows } = await sql<Row>`
    select k.id, k.name, k.prefix, k.user_id, u.name as label, k.created_at, k.expires_at, k.last_used_at
    from ${sql.id(place.schema, 'api_key')} k join ${sql.id(place.schema, 'user')} u on u.id = k.user_id
    where k.revoked_at is null and (${userId}::uuid is null or k.user_id = ${userId}::uuid) and (${id}::uuid is null or k.id = ${id}::uuid)
    order by k.created_at desc, k.id desc
  `.execute(place.db);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    user: { id: row.user_id, label: row.label },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
}

/** Ends a key at once: one of `userId`'s own, or with null anybody's; false when there's no such key. */
export async function revokeApiKey(place: SessionPlace, id: string, userId: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ${sql.id(place.schema, 'api_key')} set revoked_at = ${place.now}
    where id = ${id} and revoked_at is null and (${userId}::uuid is null or user_id = ${userId}::uuid)
  `.execute(place.db);
  return numAffectedRows === 1n;
}
