import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Db } from '../ctx.ts';
import { valuesOf } from '../record/codec.ts';
import { customEntity } from '../system/custom-entity.ts';
import { customField } from '../system/custom-field.ts';
import { customRelation } from '../system/custom-relation.ts';

/** One thing an administrator declared: a record of a custom entity, field or relation. */
export interface Declaration {
  readonly id: string;
  /** In the bin: served nowhere, what it holds is kept. */
  readonly retired: boolean;
  readonly values: Values;
}

/** Everything an administrator declared, retired declarations included; what was deleted for good is no more. */
export interface Declarations {
  readonly entities: readonly Declaration[];
  readonly fields: readonly Declaration[];
  readonly relations: readonly Declaration[];
  /** Names of indexes that are still to be built: what rests on them is served without it. */
  readonly unbuilt: readonly string[];
  /** Whether any of them waits for a builder. */
  readonly isWaiting: boolean;
}

/** What a workspace declares before anybody declared anything. */
export const nothingDeclared: Declarations = {
  entities: [],
  fields: [],
  relations: [],
  unbuilt: [],
  isWaiting: false,
};

/** The entities whose records are declarations. */
export const declaring: readonly Entity[] = [customEntity, customField, customRelation];

/** True when records of an entity declare something. */
export const declares = (entity: Entity): boolean => declaring.some(({ name }) => name === entity.name);

/** Reads what was declared in a workspace; nothing where it isn't migrated to a version that lets one. */
export async function readDeclarations(db: Db, schema: string): Promise<Declarations> {
  const { rows } = await sql<{ there: boolean }>`
    select count(*) = ${declaring.length + 1} as there from pg_catalog.pg_class t
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
     where n.nspname = ${schema} and t.relname = any(${[...declaring.map(({ table }) => table), 'index_step']})`.execute(
    db,
  );
  if (!rows[0]?.there) return nothingDeclared;
  const unbuilt = await sql<{ name: string; state: string }>`
    select name, state from ${sql.id(schema, 'index_step')} where state <> 'done' order by name`.execute(db);
  return {
    entities: await read(db, schema, customEntity),
    fields: await read(db, schema, customField),
    relations: await read(db, schema, customRelation),
    unbuilt: unbuilt.rows.map(({ name }) => name),
    isWaiting: unbuilt.rows.some(({ state }) => state === 'waiting'),
  };
}

/** In the order of their positions; what has the same, in the order of their making. */
async function read(db: Db, schema: string, entity: Entity): Promise<readonly Declaration[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.id(schema, entity.table)} where deleted_at is null order by position, id`.execute(db);
  return rows.map((row) => declarationOf(valuesOf(entity, row)));
}

/** A record of a declaring entity as a declaration. */
export const declarationOf = (values: Values): Declaration => ({
  id: String(values.id),
  retired: values.removedAt != null,
  values,
});
