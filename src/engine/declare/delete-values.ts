import { type RawBuilder, sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { refuseMissing } from '../query/mistakes.ts';
import { columnsSql, valuesOf } from '../record/codec.ts';
import { commit } from '../record/commit.ts';
import type { Draft } from '../record/draft.ts';
import { inTransaction } from '../record/transaction.ts';
import { qualified, quoted } from '../schema/ddl.ts';
import { desiredTables } from '../schema/desired.ts';
import { runBriefly } from './brief-ddl.ts';
import { type Declaration, type Declarations, declaring, readDeclarations } from './declarations.ts';
import { oneAtATime } from './declare.ts';
import { extendModel } from './extend-model.ts';

const retireFirst = message(
  'custom-retire-first',
  'It is in use: retire it first, and delete its values once nobody has missed them.',
  'Il est en service : retirez-le d’abord, et effacez ses valeurs quand plus personne n’en a besoin.',
  'Está en uso: retírelo primero y elimine sus valores cuando nadie los eche en falta.',
);
const confirmNeeded = message(
  'custom-confirm',
  'This deletes {count} values for good, and can’t be undone. If you mean it, send its name as “confirm”: {name}.',
  'Ceci efface définitivement {count} valeurs, sans retour possible. Si c’est bien voulu, envoyez son nom dans « confirm » : {name}.',
  'Esto elimina {count} valores definitivamente y no se puede deshacer. Si es lo que quiere, envíe su nombre en «confirm»: {name}.',
);

/** What deleting a retired declaration for good would lose. */
export interface LostValues {
  /** What `confirm` must say. */
  readonly name: string;
  /** Records that hold a value of the field or relation; of an entity, its records. */
  readonly values: number;
}

/** What would be lost, without losing it. */
export const lostValues = (ctx: Ctx, entity: Entity, id: string): Promise<LostValues> =>
  inTransaction(ctx, async (inner) => {
    const values = await lockRetired(inner, entity, id);
    const { lost } = await lossOf(inner, entity, values);
    return { name: String(values.name), values: await countOf(inner, lost) };
  });

/**
 * Deletes what a retired declaration still held: its columns or its table, and with an entity its own fields and
 * relations. Asks for the declaration’s name as a second word. Its history is kept, as is what happened to records.
 */
export const deleteValues = (ctx: Ctx, entity: Entity, id: string, confirm: string): Promise<LostValues> =>
  inTransaction(ctx, async (inner) => {
    await oneAtATime(inner);
    const values = await lockRetired(inner, entity, id);
    const { lost, gone } = await lossOf(inner, entity, values);
    const told = { name: String(values.name), values: await countOf(inner, lost) };
    if (confirm !== told.name) {
      const params = { count: told.values, name: told.name };
      throw new Problem('invalid', {
        mistakes: [{ field: 'confirm', message: confirmNeeded, params, value: confirm }],
      });
    }
    for (const each of declaring) await commit(inner, each, markDeleted(inner, each, gone));
    const { schema } = inner.workspace;
    for (const { entity: name, columns } of lost) {
      if (columns !== null || name === null) continue;
      for (const table of ['search_entry', 'external_key', 'merged_record'])
        await sql`delete from ${sql.id(schema, table)} where entity = ${name}`.execute(inner.db);
    }
    await runBriefly(
      inner.db,
      lost.map(({ table, columns }) => dropSql(schema, table, columns)),
    );
    return told;
  }).then(async (told) => {
    await ctx.workspace.refresh();
    return told;
  });

/** A table that goes, or columns of one that stays. */
interface Loss {
  readonly table: string;
  /** Null = the whole table, that of `entity`. */
  readonly columns: readonly { readonly name: string; readonly type: string }[] | null;
  readonly entity: string | null;
}

async function lockRetired(ctx: Ctx, entity: Entity, id: string): Promise<Values> {
  if (!mayEver(ctx, entity, 'remove')) throw new Problem('forbidden');
  const { rows } = await sql<Record<string, unknown>>`
    select ${columnsSql(entity, 't')} from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = ${id}::uuid and t.deleted_at is null for update of t`.execute(ctx.db);
  if (!rows[0]) throw refuseMissing(entity, id);
  const values = valuesOf(entity, rows[0]);
  if (values.removedAt == null)
    throw new Problem('invalid', { mistakes: [{ field: 'removedAt', message: retireFirst }] });
  return values;
}

/** What goes with a declaration: the difference between the tables with it and those without. */
async function lossOf(
  ctx: Ctx,
  entity: Entity,
  values: Values,
): Promise<{ readonly lost: readonly Loss[]; readonly gone: ReadonlyMap<string, Values> }> {
  const { schema, declaredInCode } = ctx.workspace;
  const declared = await readDeclarations(ctx.db, schema);
  const goes = ({ id, values: other }: Declaration): boolean =>
    id === values.id ||
    (entity.name === 'custom-entity' && [other.entity, other.from, other.to].includes(values.name));
  const left: Declarations = {
    ...declared,
    entities: declared.entities.filter((each) => !goes(each)),
    fields: declared.fields.filter((each) => !goes(each)),
    relations: declared.relations.filter((each) => !goes(each)),
  };
  const all = [...declared.entities, ...declared.fields, ...declared.relations];
  const gone = new Map(all.filter(goes).map((each) => [each.id, each.values]));
  const before = extendModel(declaredInCode, declared).model;
  return { lost: difference(before, extendModel(declaredInCode, left).model), gone };
}

function difference(before: Model, after: Model): readonly Loss[] {
  const left = new Map(desiredTables(after).map((table) => [table.name, table]));
  return desiredTables(before).flatMap((table): readonly Loss[] => {
    const stays = left.get(table.name);
    const entity = before.stored.find((each) => each.table === table.name)?.name ?? null;
    if (!stays) return [{ table: table.name, columns: null, entity }];
    const names = new Set(stays.columns.map(({ name }) => name));
    const columns = table.columns.filter(({ name }) => !names.has(name));
    return columns.length > 0 ? [{ table: table.name, columns, entity }] : [];
  });
}

async function countOf(ctx: Ctx, lost: readonly Loss[]): Promise<number> {
  let count = 0;
  for (const { table, columns } of lost) {
    const holds = (columns ?? []).map(({ name, type }): RawBuilder<unknown> => {
      const column = sql.ref(name);
      if (type.endsWith('[]')) return sql`cardinality(${column}) > 0`;
      return type === 'boolean' ? sql`${column}` : sql`${column} is not null`;
    });
    const where = columns === null ? sql`true` : sql.join(holds, sql` or `);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.id(ctx.workspace.schema, table)} where ${where}`.execute(ctx.db);
    count += rows[0]?.n ?? 0;
  }
  return count;
}

/** Drafts that note of declarations of one kind that they are deleted, and put those in use into the bin. */
function markDeleted(ctx: Ctx, entity: Entity, gone: ReadonlyMap<string, Values>): readonly Draft[] {
  const now = ctx.now.toISOString();
  const own = [...gone].filter(([, values]) => Object.keys(entity.fields).every((name) => name in values));
  return own.map(([id, values]) => ({
    id,
    verb: values.removedAt == null ? 'remove' : 'update',
    before: values,
    after: { ...values, removedAt: values.removedAt ?? now, deletedAt: now },
    given: new Set<string>(),
    keys: [],
    mistakes: [],
  }));
}

const dropSql = (schema: string, table: string, columns: Loss['columns']): string =>
  columns === null
    ? `drop table ${qualified(schema, table)}`
    : `alter table ${qualified(schema, table)} ${columns.map(({ name }) => `drop column ${quoted(name)}`).join(', ')}`;
