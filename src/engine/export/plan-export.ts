import { sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { accessFilter } from '../access/access.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { readFields } from '../query/fields.ts';
import { compileFilter, filterSql } from '../query/filter.ts';
import { defaultSort, orderOf, readOrder } from '../query/order.ts';
import { type Row, selectValues } from '../query/selection.ts';
import { openSource } from '../query/source.ts';
import { type ExportColumn, exportColumns } from './columns.ts';

/** Which records are exported, and what of them. */
export interface ExportQuery {
  /** A filter in the expression language. */
  readonly where?: string;
  /** `-amount,name`; the entity's own order when left out. */
  readonly sort?: string;
  /** Fields and paths through references, in this order; all that the reader may see when left out. */
  readonly fields?: readonly string[];
  /** The bin instead of the live records. */
  readonly removed?: boolean;
  /** What heads the columns: names that imports know, or labels for people, with labels for codes as well. */
  readonly header?: 'names' | 'labels';
}

/** The one statement of an export, and how its rows are read. */
export interface ExportPlan {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly columns: readonly ExportColumn[];
  /** Paths of the exported fields, in their order. */
  readonly paths: readonly string[];
  readonly read: (row: Row) => Values;
}

/** Plans an export under the reader's rights: records that he may read and export, fields that he may read. */
export function planExport(ctx: Ctx, entity: Entity, o: ExportQuery): ExportPlan {
  const order = readOrder(ctx, entity, o.sort ?? defaultSort(ctx, entity));
  const removed = o.removed === true;
  const filter = compileFilter(ctx, entity, o.where, removed);
  const places = readFields(ctx, entity, o.fields ?? wholeRecord(ctx, entity, removed));
  const source = openSource(ctx, entity);
  const values = selectValues(ctx, source, places);
  const matching = filterSql(ctx, source, filter);
  const access = accessFilter(ctx, entity, 'export', source.alias);
  const keys = order.keys.map((key) => key.sql(source));
  const sorted = orderOf(order, keys, sql.ref(`${source.alias}.id`));
  const { sql: text, parameters } = sql`select ${sql.join(values.columns)} from ${source.from()}
    where ${matching}${access ? sql` and ${access}` : sql``} order by ${sorted}`.compile(ctx.db);
  return {
    text,
    parameters,
    columns: exportColumns(ctx, places, o.header === 'labels'),
    paths: [...places.keys()],
    read: values.read,
  };
}

/** All fields that the reader may see, the id first; when a record was removed is told of the bin only. */
function wholeRecord(ctx: Ctx, entity: Entity, removed: boolean): readonly string[] {
  const left = new Set(['id', 'version', ...(removed ? [] : ['removedAt'])]);
  return ['id', ...Object.keys(readableFields(ctx, entity)).filter((name) => !left.has(name))];
}
