import { sql } from 'kysely';
import { sharedData } from '../../../test/harness/shared-data.ts';
import type { Db } from '../ctx.ts';

/** The four files of a charity, in the order in which they can be imported one by one, with their rows. */
export const npspFiles = [
  ['npsp-accounts', 'account', 1223],
  ['npsp-contacts', 'contact', 1024],
  ['npsp-opportunities', 'opportunity', 1517],
  ['npsp-opportunity-contact-roles', 'opportunity-contact', 3499],
] as const;

/** Where one of them lies. */
export const npspPath = (file: string): string => sharedData(`crm/${file}.csv`) ?? '';

/** False on machines without the files. */
export const hasNpsp = sharedData('crm/npsp-accounts.csv') !== null;

const tables = ['account', 'contact', 'opportunity', 'account_contact', 'opportunity_contact', 'base_value'];
const moved = ['id', 'version', 'owner_id', 'created_at', 'created_by_id', 'updated_at', 'updated_by_id'];

/**
 * Everything live that an import may write, in a form that two workspaces have alike: ids are replaced by the external
 * keys of their records, and who wrote when is left out.
 */
export async function likeness(
  db: Db,
  schema = 'w_main',
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows: keys } = await sql<{ entity: string; source: string; key: string; record: string }>`
    select entity, source, key, record from ${sql.id(schema, 'external_key')} where removed_at is null`.execute(
    db,
  );
  const names = new Map(
    keys.map(({ entity, source, key, record }) => [record, `${entity} ${source} ${key}`]),
  );
  const found: Record<string, readonly string[]> = {
    keys: keys.map(({ record }) => names.get(record) ?? '').sort(),
  };
  for (const table of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) - ${moved}::text[] as row from ${sql.id(schema, table)} t
      where removed_at is null`.execute(db);
    const text = (value: unknown): unknown =>
      typeof value === 'string' ? (names.get(value) ?? value) : value;
    found[table] = rows
      .map(({ row }) => JSON.stringify(Object.entries(row).map(([name, value]) => [name, text(value)])))
      .sort();
  }
  return found;
}
