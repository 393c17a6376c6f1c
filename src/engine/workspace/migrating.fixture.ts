import { sql } from 'kysely';
import { testDatabase } from '../../../test/harness/database.ts';
import { choice } from '../../fields/choice/choice.ts';
import { decimal } from '../../fields/decimal/decimal.ts';
import { number } from '../../fields/number/number.ts';
import { reference } from '../../fields/reference/reference.ts';
import { text } from '../../fields/text/text.ts';
import { newId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import type { Model } from '../../model/declarations.ts';
import { type Entity, entity } from '../../model/entity.ts';
import type { FieldSpec } from '../../model/field.ts';
import type { Db } from '../ctx.ts';
import { buildModel } from '../schema/build-model.ts';
import { systemEntities } from '../system/entities.ts';
import { type OpenPool, openPool } from './database.ts';

const label = labels('Boat', 'Bateau', 'Barco');

/** Fields to give a boat, by what a test calls them. */
export const fields = {
  length: number({ label }),
  exactLength: decimal({ label, scale: 2 }),
  lengthAsText: text({ label }),
  uniqueName: text({ label, required: true, unique: true }),
  harbour: reference({ label, to: 'harbour' }),
  rig: (...codes: readonly string[]) => choice({ label, values: codes.map((code) => ({ code, label })) }),
} as const;

/** A boat with a name and these fields besides, sorted by name and as told. */
export const boat = (more: Record<string, FieldSpec> = {}, sorts: readonly string[] = []): Entity =>
  entity<Record<string, FieldSpec>>({
    name: 'boat',
    plural: 'boats',
    label: { one: label, many: label },
    title: 'name',
    fields: { name: text({ label, required: true }), ...more },
    sorts,
    list: { columns: ['name'], sort: 'name' },
    form: [{ label, fields: ['name'] }],
    access: { sales: { read: 'team' } },
  });

/** A place for boats. */
export const harbour = entity({
  name: 'harbour',
  plural: 'harbours',
  label: { one: label, many: label },
  title: 'name',
  fields: { name: text({ label, required: true }) },
  list: { columns: ['name'], sort: 'name' },
  form: [{ label, fields: ['name'] }],
  access: {},
});

/** These entities and those of the engine. */
export const modelOf = (...entities: readonly Entity[]): Model =>
  buildModel({ entities: [...systemEntities, harbour, ...entities], lists: [] });

/** An empty database of a test's own, with a pool on it. */
export async function emptyDatabase(): Promise<OpenPool & { readonly url: string }> {
  const database = await testDatabase({ empty: true });
  const pool = openPool(database.url, { max: 5 });
  const close = async (): Promise<void> => {
    await pool.close();
    await database.close();
  };
  return { ...pool, url: database.url, close };
}

/** Puts a boat straight into the table; answers its id. */
export async function putBoat(db: Db, schema: string, values: Record<string, unknown>): Promise<string> {
  const id = newId();
  const row = { id, version: 1, created_at: new Date(), updated_at: new Date(), ...values };
  await sql`insert into ${sql.id(schema, 'boat')} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
    values (${sql.join(Object.values(row))})`.execute(db);
  return id;
}

/** The names of a table's indexes that may be used, with their definitions. */
export async function indexesOf(db: Db, schema: string, table: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select x.relname as name, pg_get_indexdef(x.oid) as definition
      from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relname = ${table} and i.indisvalid`.execute(db);
  return new Map(rows.map((row) => [row.name, row.definition]));
}

/** The columns of a table with their types. */
export async function columnsOf(
  db: Db,
  schema: string,
  table: string,
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ name: string; type: string }>`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
      join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relname = ${table} and a.attnum > 0 and not a.attisdropped`.execute(
    db,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.type]));
}
