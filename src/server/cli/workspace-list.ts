import { sql } from 'kysely';
import type { Db } from '../../engine/ctx.ts';
import { openPool } from '../../engine/workspace/database.ts';
import { isMigrated } from '../../engine/workspace/migrate.ts';
import { schemaOf } from '../../engine/workspace/workspace-name.ts';
import { workspaceNames } from '../../engine/workspace/workspace-names.ts';
import type { Model } from '../../model/declarations.ts';
import { crmModel } from '../app/crm-model.ts';
import { readTextSetting, settingNames } from '../auth/settings.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';
import { withDatabase } from './with-workspace.ts';

/** A workspace as the list tells of it. */
interface Listed {
  readonly name: string;
  readonly company: string | null;
  /** Whether it is up to this version. */
  readonly isMigrated: boolean;
  /** People who can sign in. */
  readonly users: number;
  /** What its tables and indexes take. */
  readonly megabytes: number;
}

/** `workspace list`: the workspaces of the installation. */
export const workspaceList: Command = {
  name: 'workspace list',
  summary: 'list the workspaces with company, state, users and size',
  usage: '[--json]',
  details: `  --json   print the list as JSON

  npm run rapport -- workspace list`,
  run: async ({ args, out, note }) => {
    const { values } = readOptions(args, { json: 'switch' }, 0);
    return withDatabase(async ({ url }) => {
      const pool = openPool(url, { max: 2, applicationName: 'rapport command' });
      try {
        const model = crmModel();
        const all: Listed[] = [];
        for (const name of await workspaceNames(pool.db)) all.push(await look(pool.db, model, name));
        if (values.json) out(JSON.stringify(all, null, 2));
        else for (const line of table(all)) out(line);
        if (all.length === 0) note('There is no workspace yet: “npm start” makes the first.');
        return 0;
      } finally {
        await pool.close();
      }
    });
  },
};

async function look(db: Db, model: Model, name: string): Promise<Listed> {
  const schema = schemaOf(name);
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(pg_total_relation_size(c.oid)), 0)::int8 as bytes from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = ${schema} and c.relkind = 'r'`.execute(db);
  const megabytes = Math.round((rows[0]?.bytes ?? 0) / 1e5) / 10;
  const migrated = await isMigrated({ db, model, name });
  // One of another version may not have these tables as we know them.
  if (!migrated) return { name, company: null, isMigrated: false, users: 0, megabytes };
  const users = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.id(schema, 'user')} where active and removed_at is null`.execute(
    db,
  );
  const company = await readTextSetting(db, schema, settingNames.company);
  return { name, company, isMigrated: true, users: users.rows[0]?.count ?? 0, megabytes };
}

function table(all: readonly Listed[]): readonly string[] {
  const width = Math.max(...all.map(({ name }) => name.length), 0);
  return all.map(({ name, company, isMigrated: isCurrent, users, megabytes }) =>
    [
      name.padEnd(width),
      isCurrent ? 'up to date' : 'to migrate',
      `${users} users`.padStart(10),
      `${megabytes.toFixed(1)} MB`.padStart(12),
      company ?? '',
    ]
      .join('  ')
      .trimEnd(),
  );
}
