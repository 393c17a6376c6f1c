import { type RawBuilder, sql } from 'kysely';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { type Ctx, systemWho } from '../ctx.ts';
import { openSource, storedTables, type TableOf } from '../query/source.ts';
import { askEnv, whereSql } from '../query/where.ts';
import { rowOf } from '../record/codec.ts';
import type { RecordCondition } from './conditions.ts';

/** A record to judge, as it will be or as it was, with what it was before where there is a change. */
export interface Judged {
  readonly id: string;
  readonly values: Values;
  readonly before: Values | null;
}

/**
 * Asks the database of which records the conditions hold, all in one statement however many there are. Other records
 * are seen as they are stored, with the system's sight: a rule means the same whoever writes. Where records of the same
 * entity are asked about, those that are judged stand among them as they will be.
 */
export async function judgeInDatabase(
  ctx: Ctx,
  entity: Entity,
  conditions: readonly RecordCondition[],
  records: readonly Judged[],
): Promise<ReadonlyMap<RecordCondition, ReadonlySet<string>>> {
  const found = new Map(conditions.map((condition) => [condition, new Set<string>()]));
  if (conditions.length === 0 || records.length === 0) return found;
  const seeing: Ctx = { ...ctx, who: systemWho };
  const rows = records.map(({ id, values }) => rowOf(entity, { ...values, id }));
  const former = records.flatMap(({ id, before }) => (before ? [rowOf(entity, { ...before, id })] : []));
  const table = sql.id(ctx.workspace.schema, entity.table);
  const sent = (sending: readonly unknown[]): RawBuilder<unknown> =>
    sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(sending)}::jsonb)`;
  const ids = records.map(({ id }) => id);
  const stored = storedTables(seeing);
  const tableOf: TableOf = (of) =>
    of.table === entity.table
      ? sql`(select s.* from ${table} s where s.id <> all(${ids}::uuid[]) union all select * from ${sent(rows)})`
      : stored(of);
  const source = openSource(seeing, entity, 'r', tableOf);
  const ask = askEnv(ctx);
  const answers = conditions.map(({ compiled }) =>
    whereSql(compiled, {
      ctx: seeing,
      ask,
      tableOf,
      column: ({ steps, comparable, before }) =>
        sql.ref(`${before ? 'b' : source.join(steps.map(({ field }) => field))}.${comparable.column}`),
    }),
  );
  const columns = answers.map((answer, at) => sql`(${answer}) is true as ${sql.id(`c${at}`)}`);
  const { rows: told } = await sql<Record<string, unknown> & { id: string }>`
    select r.id, ${sql.join(columns)} from ${sent(rows)} r
    left join ${sent(former)} b on b.id = r.id${source.joins()}`.execute(ctx.db);
  for (const row of told)
    for (const [at, condition] of conditions.entries())
      if (row[`c${at}`] === true) found.get(condition)?.add(row.id);
  return found;
}
