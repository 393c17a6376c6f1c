import { sql } from 'kysely';
import type { Db } from '../ctx.ts';

/** A column as it is. */
export interface CatalogColumn {
  readonly type: string;
  readonly collation: string | null;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
}

/** An index as it is; one that a crash left half built isn't valid. */
export interface CatalogIndex {
  readonly isValid: boolean;
  /** Belongs to a constraint, such as the primary key. */
  readonly isConstraint: boolean;
}

/** A table as it is. */
export interface CatalogTable {
  readonly name: string;
  readonly partitions: readonly string[];
  readonly columns: ReadonlyMap<string, CatalogColumn>;
  /** Whether each check has been held against the rows that were there before it. */
  readonly checks: ReadonlyMap<string, { readonly isValidated: boolean }>;
  readonly indexes: ReadonlyMap<string, CatalogIndex>;
}

/** A schema as it is. */
export interface Catalog {
  readonly exists: boolean;
  readonly tables: ReadonlyMap<string, CatalogTable>;
}

interface Row {
  readonly name: string;
  readonly partitions: readonly string[] | null;
  readonly columns: readonly (CatalogColumn & { readonly name: string })[] | null;
  readonly checks: readonly { readonly name: string; readonly isValidated: boolean }[] | null;
  readonly indexes: readonly (CatalogIndex & { readonly name: string })[] | null;
}

/** Reads what one schema holds, from PostgreSQL's own catalog, in one statement. */
export async function readCatalog(db: Db, schema: string): Promise<Catalog> {
  const { rows: schemas } = await sql`
    select 1 from pg_catalog.pg_namespace where nspname = ${schema}`.execute(db);
  const { rows } = await sql<Row>`
    select t.relname as name,
      (select json_agg(p.relname order by p.relname)
         from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhrelid
        where i.inhparent = t.oid) as partitions,
      (select json_agg(json_build_object(
                'name', a.attname,
                'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                'collation', case when a.attcollation <> y.typcollation then c.collname end,
                'notNull', a.attnotnull,
                'hasDefault', a.atthasdef) order by a.attnum)
         from pg_catalog.pg_attribute a
         join pg_catalog.pg_type y on y.oid = a.atttypid
         left join pg_catalog.pg_collation c on c.oid = a.attcollation
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(json_build_object('name', k.conname, 'isValidated', k.convalidated))
         from pg_catalog.pg_constraint k where k.conrelid = t.oid and k.contype = 'c') as checks,
      (select json_agg(json_build_object(
                'name', x.relname,
                'isValid', i.indisvalid,
                'isConstraint', exists(select 1 from pg_catalog.pg_constraint k
                                         where k.conrelid = i.indrelid and k.conindid = i.indexrelid)))
         from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
        where i.indrelid = t.oid) as indexes
      from pg_catalog.pg_class t join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relkind in ('r', 'p') and not t.relispartition
     order by t.relname`.execute(db);
  return { exists: schemas.length > 0, tables: new Map(rows.map((row) => [row.name, tableOf(row)])) };
}

const tableOf = (row: Row): CatalogTable => ({
  name: row.name,
  partitions: row.partitions ?? [],
  columns: byName(row.columns),
  checks: byName(row.checks),
  indexes: byName(row.indexes),
});

const byName = <T extends { readonly name: string }>(found: readonly T[] | null): ReadonlyMap<string, T> =>
  new Map((found ?? []).map((one) => [one.name, one]));
