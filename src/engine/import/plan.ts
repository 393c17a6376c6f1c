import type { ReadEnv } from '../../fields/field-type.ts';
import type { Entity } from '../../model/entity.ts';
import type { ColumnMapping, ImportMapping } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import { readEnv } from '../record/codec.ts';
import type { FileValues } from './analyse.ts';
import { type Places, places } from './last-rows.ts';
import { losingPrimaries, primaryFieldOf } from './primary-claims.ts';
import type { TableReader } from './read/table-reader.ts';
import { type Target, targetsFor } from './targets.ts';
import { type ColumnValues, planValues } from './value-plan.ts';

/** A column that fills a target, with its place in the file. */
export interface PlannedColumn {
  readonly place: number;
  readonly mapping: ColumnMapping;
}

/** A target with where its value comes from: columns in their order, else a fixed text. */
export interface PlannedTarget {
  readonly target: Target;
  readonly columns: readonly PlannedColumn[];
  readonly constant: string | null;
}

/** All an import needs to know to turn rows into records. */
export interface ImportPlan {
  readonly entity: Entity;
  readonly headers: readonly string[];
  readonly delimiter: string;
  /** Sheets of the workbook that hold something and aren't read. */
  readonly otherSheets: readonly string[];
  readonly mapping: ImportMapping;
  readonly targets: readonly PlannedTarget[];
  readonly values: ReadonlyMap<string, ColumnValues>;
  readonly env: ReadEnv;
  /** The checkbox that makes a link the primary one, where the entity is such a link. */
  readonly primary: string | null;
  /** Places of rows that say they are primary where a later row of the same record says so too. */
  readonly losers: Pick<Places, 'has'>;
}

/** The targets of an entity by what mappings call them. */
export const targetMap = (ctx: Ctx, entity: Entity): ReadonlyMap<string, Target> =>
  new Map(targetsFor(ctx, entity).map((target) => [target.to, target]));

/** Makes the plan of an import from a checked mapping. */
export async function planImport(
  ctx: Ctx,
  entity: Entity,
  reader: TableReader,
  mapping: ImportMapping,
  seen: FileValues,
): Promise<ImportPlan> {
  const { headers, delimiter, facts } = reader;
  const all = targetMap(ctx, entity);
  const targets = [...all.values()].flatMap((target): readonly PlannedTarget[] => {
    const columns = mapping.columns
      .filter((column) => column.to === target.to)
      .map((column) => ({ place: headers.indexOf(column.column), mapping: column }))
      .sort((first, second) => first.place - second.place);
    const constant = mapping.constants?.find((each) => each.to === target.to)?.value.trim() || null;
    return columns.length > 0 || constant !== null ? [{ target, columns, constant }] : [];
  });
  const primary = primaryFieldOf(ctx.workspace.model, entity);
  return {
    entity,
    headers,
    delimiter,
    otherSheets: facts.format === 'xlsx' ? facts.others : [],
    mapping,
    targets,
    values: new Map(planValues(ctx, seen, mapping, all).map((each) => [each.column, each])),
    env: {
      ...readEnv(ctx),
      country: mapping.country ?? null,
      currency: mapping.currency ?? ctx.workspace.currency,
      text: { decimal: mapping.decimal ?? '.', dateOrder: mapping.dateOrder ?? 'ymd' },
    },
    primary: primary?.checkbox ?? null,
    losers: primary ? await losingPrimaries(reader, mapping, primary) : places(),
  };
}
