import { sql } from 'kysely';
import { keepableJson } from '../../lib/keepable.ts';
import type { Message, MessageParams } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import type { ImportPlan } from './plan.ts';
import type { RowMistake } from './read-row.ts';
import type { ChunkDone, RowOutcome } from './write-rows.ts';

/** A mistake as it is kept, with its sentence in every language. */
export interface StoredMistake {
  readonly field: string;
  readonly column: string | null;
  readonly message: Message;
  readonly params?: MessageParams;
  readonly value?: unknown;
}

/** Keeps what became of rows; of refused ones also their cells and the reasons. */
export async function keepRows(
  ctx: Ctx,
  batch: string,
  plan: ImportPlan,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ row, outcome, record, mistakes, newKey }) => {
    const isFailed = outcome === 'failed';
    return {
      row: row.place + 1,
      line: row.line,
      outcome,
      record,
      entity: record === null ? null : plan.entity.name,
      mistakes: isFailed ? mistakes.map(storedMistake) : null,
      cells: isFailed ? row.cells.slice(0, Math.max(plan.headers.length, 1) + 20) : null,
      new_key: newKey,
    };
  });
  const table = sql.id(ctx.workspace.schema, 'import_row');
  await sql`insert into ${table} (batch, "row", line, outcome, record, entity, mistakes, cells, new_key)
    select ${batch}::uuid, r."row", r.line, r.outcome, r.record, r.entity, r.mistakes, r.cells, r.new_key
    from jsonb_populate_recordset(null::${table}, ${keepableJson(rows)}::jsonb) r`.execute(ctx.db);
}

/** Adds to rows whose outcome is kept what is to be told of them. */
export async function tellRows(ctx: Ctx, batch: string, told: ChunkDone['told']): Promise<void> {
  for (const { row, mistakes } of told)
    await sql`update ${sql.id(ctx.workspace.schema, 'import_row')}
      set mistakes = ${keepableJson(mistakes.map(storedMistake))}::jsonb
      where batch = ${batch} and "row" = ${row.place + 1}`.execute(ctx.db);
}

/** Forgets the outcomes of an earlier check. */
export const clearRows = async (ctx: Ctx, batch: string): Promise<void> => {
  await sql`delete from ${sql.id(ctx.workspace.schema, 'import_row')} where batch = ${batch}`.execute(ctx.db);
};

/** A mistake as it is kept: long values shortened. */
export function storedMistake({ field, column, message, params, value }: RowMistake): StoredMistake {
  const text = typeof value === 'string' ? value.slice(0, 200).toWellFormed() : value;
  return {
    field,
    column,
    message: { code: message.code, text: message.text },
    ...(params ? { params } : {}),
    ...(text === undefined ? {} : { value: text }),
  };
}
