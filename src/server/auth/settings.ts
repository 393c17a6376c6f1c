import { sql } from 'kysely';
import type { Db } from '../../engine/ctx.ts';

/** Names of the settings that set-up writes and the engine reads when it opens a workspace. */
export const settingNames = {
  company: 'company',
  currency: 'currency',
  timeZone: 'time-zone',
  locale: 'locale',
  setupToken: 'setup-token',
} as const;

/** Keeps a setting of a workspace in place of its former value. */
export async function writeSetting(db: Db, schema: string, name: string, value: unknown): Promise<void> {
  await sql`
    insert into ${sql.id(schema, 'setting')} (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value
  `.execute(db);
}

/** A setting of a workspace that is text; null when it isn't set. */
export async function readTextSetting(db: Db, schema: string, name: string): Promise<string | null> {
  const { rows } = await sql<{
    value: unknown;
  }>`select value from ${sql.id(schema, 'setting')} where name = ${name}`.execute(db);
  const value = rows[0]?.value;
  return typeof value === 'string' ? value : null;
}
