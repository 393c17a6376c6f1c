import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';

/** The fields, by the entity that has them, that can name records of `entity`. */
export function namingFields(model: Model, entity: Entity): ReadonlyMap<Entity, readonly Field[]> {
  const found = new Map<Entity, readonly Field[]>();
  for (const other of model.entities.values()) {
    const fields = Object.values(other.fields).filter((field) => !field.system && mayName(field, entity));
    if (fields.length > 0) found.set(other, fields);
  }
  return found;
}

const mayName = (field: Field, entity: Entity): boolean => {
  const target = fieldType(field.type).target?.(field);
  return target?.to === 'records' && target.entities.includes(entity.name);
};

/** That a field of the row under `t` names one of these records. */
export function namesOneSql(field: Field, entity: Entity, ids: readonly string[]): RawBuilder<SqlBool> {
  const { '': path, entity: kind } = fieldType(field.type).paths(field);
  if (!path) throw new Error(`${field.name} can’t be looked up`);
  const column = sql.ref(`t.${path.column}`);
  if (path.kind === 'ids') return sql<SqlBool>`${column} && ${[...ids]}::uuid[]`;
  const isNamed = sql<SqlBool>`${column} = any(${[...ids]}::uuid[])`;
  return kind ? sql<SqlBool>`(${isNamed} and ${sql.ref(`t.${kind.column}`)} = ${entity.name})` : isNamed;
}
