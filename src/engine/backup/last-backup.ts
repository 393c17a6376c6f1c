import { sql } from 'kysely';
import type { Db } from '../ctx.ts';
import { schemaOf } from '../workspace/workspace-name.ts';

const setting = 'last-backup';

/** Notes in the workspace of when its last backup is, for whoever asks how old it is. */
export async function noteBackup(db: Db, name: string, moment: string): Promise<void> {
  await sql`
    insert into ${sql.id(schemaOf(name), 'setting')} (name, value) values (${setting}, ${JSON.stringify(moment)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(db);
}

/** Of when the last backup is that the command line took; null when it took none. */
export async function lastBackup(db: Db, name: string): Promise<Date | null> {
  const { rows } = await sql<{ value: unknown }>`
    select value from ${sql.id(schemaOf(name), 'setting')} where name = ${setting}`.execute(db);
  const moment = new Date(String(rows[0]?.value ?? ''));
  return Number.isNaN(moment.getTime()) ? null : moment;
}
