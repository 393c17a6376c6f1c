import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { applyStructure } from './apply-structure.ts';
import { databaseCode, databaseText } from './database-error.ts';
import { qualified } from './ddl.ts';
import { MigrationRefused } from './migration-refused.ts';
import type { Step } from './step.ts';

const notUnique = '23505';

/**
 * Does the steps that come after the structure, one by one. Each index build is kept in `index_step`, so that
 * what a crash leaves is seen, dropped and built again by the next start. One that people declared and that can't be
 * built, since records share a value, is noted as failed and left.
 */
export async function applyLater(
  db: Db,
  schema: string,
  steps: readonly Step[],
  log: (line: string) => void,
): Promise<void> {
  const journal = sql.id(schema, 'index_step');
  for (const { name, sql: statement, kind } of steps) {
    if (kind !== 'create-index' || name === null) continue;
    await sql`insert into ${journal} (name, statement, state, at) values (${name}, ${statement}, 'waiting', now())
      on conflict (name) do update set statement = excluded.statement, state = 'waiting', error = null, at = now()`.execute(
      db,
    );
  }
  for (const step of steps) {
    log(step.about);
    if (step.kind === 'create-index' && step.name !== null)
      await buildIndex(db, schema, step, step.name, log);
    else if (step.sql.includes(' concurrently ')) await sql.raw(step.sql).execute(db);
    else await applyStructure(db, [step], log);
  }
}

async function buildIndex(
  db: Db,
  schema: string,
  step: Step,
  name: string,
  log: (line: string) => void,
): Promise<void> {
  const note = async (state: string, error: string | null): Promise<unknown> =>
    sql`update ${sql.id(schema, 'index_step')} set state = ${state}, error = ${error}, at = now() where name = ${name}`.execute(
      db,
    );
  const isConcurrent = step.sql.includes(' concurrently ');
  const found = await indexState(db, schema, name);
  if (found === 'valid') return void (await note('done', null));
  if (found === 'invalid') {
    await sql.raw(`drop index ${isConcurrent ? 'concurrently ' : ''}${qualified(schema, name)}`).execute(db);
  }
  await note('building', null);
  try {
    if (isConcurrent) await sql.raw(step.sql).execute(db);
    else await applyStructure(db, [step], log);
  } catch (error) {
    await note('failed', databaseText(error));
    if (databaseCode(error) !== notUnique) throw error;
    if (step.patient) return;
    throw new MigrationRefused(schema, [
      `Records of ${step.table ?? schema} hold the same value where each must differ: ${databaseText(error)} ` +
        'Change or remove one of them, then start again.',
    ]);
  }
  await note('done', null);
}

async function indexState(db: Db, schema: string, name: string): Promise<'none' | 'valid' | 'invalid'> {
  const { rows } = await sql<{ valid: boolean }>`
    select i.indisvalid as valid
      from pg_catalog.pg_index i
      join pg_catalog.pg_class x on x.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = x.relnamespace
     where n.nspname = ${schema} and x.relname = ${name}`.execute(db);
  return rows[0] ? (rows[0].valid ? 'valid' : 'invalid') : 'none';
}
