import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import type { WantedTable } from './wanted.ts';

/** What the last finished migration of a schema left: which declarations, by which version of the product. */
export interface SchemaState {
  readonly fingerprint: string;
  readonly productVersion: string;
  /** The tables are all there. */
  readonly isPresent: boolean;
  /** And no index build is unfinished. */
  readonly isWhole: boolean;
}

/** A hash of everything that is wanted of a schema. */
export const fingerprint = (wanted: readonly WantedTable[]): string =>
  createHash('sha256').update(JSON.stringify(wanted)).digest('hex');

/** Reads the state of a schema; null when no migration of it has ever finished. */
export async function readSchemaState(
  db: Db,
  schema: string,
  wanted: readonly WantedTable[],
): Promise<SchemaState | null> {
  const names = wanted.map((table) => table.name);
  const { rows } = await sql<{ present: number; hasState: boolean }>`
    select count(*)::int as present, coalesce(bool_or(t.relname = 'schema_state'), false) as "hasState"
      from pg_catalog.pg_class t join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relkind in ('r', 'p') and t.relname = any(${names})`.execute(db);
  if (!rows[0]?.hasState) return null;
  const isAll = rows[0].present === names.length;
  const { rows: states } = await sql<{ fingerprint: string; productVersion: string }>`
    select fingerprint, product_version as "productVersion" from ${sql.id(schema, 'schema_state')} where id = 1`.execute(
    db,
  );
  const state = states[0];
  if (!state) return null;
  return { ...state, isPresent: isAll, isWhole: isAll && (await hasNothingUnfinished(db, schema)) };
}

async function hasNothingUnfinished(db: Db, schema: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from ${sql.id(schema, 'index_step')} where state <> 'done' limit 1`.execute(db);
  return rows.length === 0;
}

/** Notes that a migration has finished. Index builds that nothing wants any more are forgotten; failed ones stay known. */
export async function writeSchemaState(
  db: Db,
  schema: string,
  state: Pick<SchemaState, 'fingerprint' | 'productVersion'>,
  wanted: readonly WantedTable[],
): Promise<void> {
  const names = wanted.flatMap((table) => table.indexes.map(({ name }) => name));
  await sql`delete from ${sql.id(schema, 'index_step')}
    where state <> 'done' and not (state = 'failed' and name = any(${names}))`.execute(db);
  await sql`
    insert into ${sql.id(schema, 'schema_state')} (id, fingerprint, applied_at, product_version)
    values (1, ${state.fingerprint}, now(), ${state.productVersion})
    on conflict (id) do update set fingerprint = excluded.fingerprint, applied_at = excluded.applied_at,
      product_version = excluded.product_version`.execute(db);
}
