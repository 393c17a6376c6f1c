import { sql } from 'kysely';
import { lastBackup } from '../../engine/backup/last-backup.ts';
import type { Db } from '../../engine/ctx.ts';
import { isMigrated, planWorkspace } from '../../engine/workspace/migrate.ts';
import { schemaOf } from '../../engine/workspace/workspace-name.ts';
import type { Model } from '../../model/declarations.ts';
import { type Finding, mistake, ok, warning } from './finding.ts';

const migrateRemedy = 'Run “npm start”, or “npm run rapport -- migrate”.';
const day = 24 * 60 * 60 * 1000;
const oldBackup = 7 * day;
const sample = 500;

/** Where a workspace is and what it should hold. */
export interface WorkspacePlace {
  readonly db: Db;
  readonly model: Model;
  readonly name: string;
}

/** Looks at a workspace: its tables, indexes, event log, search entries and last backup. */
export async function examineWorkspace(
  place: WorkspacePlace,
  now: Date = new Date(),
): Promise<readonly Finding[]> {
  const schema = schemaOf(place.name);
  const migrated = await migration(place);
  if (migrated.verdict === 'mistake') return [migrated];
  return [
    migrated,
    ...(await indexes(place.db, schema)),
    await partitions(place.db, schema, now),
    await searchEntries(place, schema),
    await backupAge(place, now),
  ];
}

async function migration(place: WorkspacePlace): Promise<Finding> {
  const about = 'Workspace';
  const steps = await planWorkspace(place);
  const refusals = steps.flatMap(({ refusal }) => (refusal === null ? [] : [refusal]));
  if (refusals.length > 0)
    return mistake(about, refusals.join(' '), 'Do what it says, then run “npm run rapport -- migrate”.');
  if (steps.some(({ kind }) => kind === 'create-schema'))
    return mistake(
      about,
      `there is no workspace “${place.name}” yet`,
      'Run “npm start” once, or set RAPPORT_WORKSPACE to the right one.',
    );
  const due = steps.filter(({ destructive }) => !destructive);
  // A missing or invalid index slows down; a missing table or column stops.
  const stopping = due.filter(({ kind }) => kind !== 'create-index' && kind !== 'drop-index');
  if (stopping.length > 0)
    return mistake(
      about,
      `its tables aren’t up to this version: ${few(stopping.map(({ about: said }) => said))}`,
      migrateRemedy,
    );
  if (due.length > 0 || !(await isMigrated(place)))
    return warning(
      about,
      due.length > 0
        ? `not finished: ${few(due.map(({ about: said }) => said))}`
        : 'its last migration isn’t finished',
      migrateRemedy,
    );
  const kept = steps.length;
  return ok(
    about,
    `“${place.name}” is migrated${kept > 0 ? `; ${kept} things nothing declares any more are kept` : ''}`,
  );
}

async function indexes(db: Db, schema: string): Promise<readonly Finding[]> {
  const { rows: invalid } = await sql<{ name: string }>`
    select x.relname as name from pg_catalog.pg_index i
      join pg_catalog.pg_class x on x.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = x.relnamespace
     where n.nspname = ${schema} and not i.indisvalid order by 1`.execute(db);
  const { rows: steps } = await sql<{ name: string; state: string; error: string | null }>`
    select name, state, error from ${sql.id(schema, 'index_step')} where state <> 'done' order by name`.execute(
    db,
  );
  const said = steps.map(({ name, state, error }) => `${name} ${state}${error ? ` (${error})` : ''}`);
  return [
    invalid.length === 0
      ? ok('Indexes', 'all valid')
      : mistake(
          'Indexes',
          `built by halves and of no use: ${few(invalid.map(({ name }) => name))}`,
          `${migrateRemedy} One that nothing declares: drop index ${schema}.NAME.`,
        ),
    steps.length === 0
      ? ok('Index builds', 'none under way')
      : warning('Index builds', few(said), `They go on while Rapport starts; otherwise: ${migrateRemedy}`),
  ];
}

/** The months which events of now and of next month go to. */
async function partitions(db: Db, schema: string, now: Date): Promise<Finding> {
  const { rows } = await sql<{ name: string }>`
    select p.relname as name from pg_catalog.pg_inherits i
      join pg_catalog.pg_class p on p.oid = i.inhrelid
     where i.inhparent = to_regclass(${`"${schema}".event`})`.execute(db);
  const names = new Set(rows.map((row) => row.name));
  const monthOf = (ahead: number): string => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString();
    return `event_${first.slice(0, 4)}_${first.slice(5, 7)}`;
  };
  const remedy = 'Start Rapport: it makes them at start and daily.';
  if (!names.has('event_default'))
    return mistake('Event log', 'the partition for events of no month is missing', remedy);
  const missing = [monthOf(0), monthOf(1)].filter((name) => !names.has(name));
  if (missing.length === 0) return ok('Event log', `${names.size} partitions`);
  return warning('Event log', `partitions are missing: ${missing.join(', ')}`, remedy);
}

/** The latest records of each searchable entity, and as many entries: each should have the other. */
async function searchEntries({ db, model }: WorkspacePlace, schema: string): Promise<Finding> {
  const wrong: string[] = [];
  let looked = 0;
  for (const entity of model.entities.values()) {
    if (entity.search.length === 0) continue;
    const { rows } = await sql<{ looked: number; missing: number }>`
      select count(*)::int as looked, count(*) filter (where e.record is null)::int as missing
        from (select id from ${sql.id(schema, entity.table)} where removed_at is null
               order by id desc limit ${sample}) r
        left join ${sql.id(schema, 'search_entry')} e on e.entity = ${entity.name} and e.record = r.id`.execute(
      db,
    );
    looked += rows[0]?.looked ?? 0;
    if (rows[0]?.missing) wrong.push(`${rows[0].missing} of ${entity.name}`);
  }
  if (wrong.length === 0) return ok('Search', `${looked} records looked at, all to be found`);
  return mistake(
    'Search',
    `of ${looked} records looked at, some can’t be found: ${wrong.join(', ')}`,
    'Run “npm run rapport -- search rebuild”, while people work; please tell us how it came about.',
  );
}

async function backupAge({ db, name }: WorkspacePlace, now: Date): Promise<Finding> {
  const remedy = 'Run “npm run rapport -- backup FILE”, daily by cron for example.';
  const last = await lastBackup(db, name);
  if (!last) return warning('Backup', 'the command line never took one', remedy);
  const age = now.getTime() - last.getTime();
  const said = `the last one is of ${last.toISOString()}`;
  return age > oldBackup ? warning('Backup', said, remedy) : ok('Backup', said);
}

/** The first few, and how many more there are. */
const few = (all: readonly string[]): string =>
  all.length <= 3 ? all.join(', ') : `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
