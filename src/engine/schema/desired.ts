import { fieldType } from '../../fields/index.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { wantedColumn } from './column-type.ts';
import { engineTables } from './engine-tables.ts';
import { entityIndexes } from './entity-indexes.ts';
import { check } from './object-name.ts';
import type { WantedColumn, WantedTable } from './wanted.ts';

const systemColumns: Readonly<Record<string, string>> = {
  id: 'uuid not null',
  version: 'integer not null',
  teams_ids: "uuid[] not null default '{}'",
  created_at: 'timestamptz not null',
  updated_at: 'timestamptz not null',
};

/** Every table a workspace's schema should hold: the engine's own and one for each entity. */
export const desiredTables = (model: Model): readonly WantedTable[] => [
  ...engineTables,
  ...model.stored.map(entityTable),
];

/** The columns of an entity's table, in the order of its fields, those every record has first. */
export function entityColumns(entity: Entity): readonly WantedColumn[] {
  const fields = Object.values(entity.fields);
  const ordered = [...fields.filter((field) => field.system), ...fields.filter((field) => !field.system)];
  return ordered.flatMap((field) =>
    fieldType(field.type)
      .columns(field)
      .map(({ name, sql }) => wantedColumn(name, (field.system ? systemColumns[name] : undefined) ?? sql)),
  );
}

function entityTable(entity: Entity): WantedTable {
  const checks = Object.values(entity.fields)
    .flatMap((field) => fieldType(field.type).columns(field))
    .flatMap((column) =>
      column.check === undefined ? [] : [check(entity.table, column.name, column.check)],
    );
  return {
    name: entity.table,
    columns: entityColumns(entity),
    primaryKey: ['id'],
    checks,
    indexes: entityIndexes(entity),
    partitionBy: null,
  };
}
