import { sql } from 'kysely';
import { Problem } from '../../lib/problem.ts';
import { refuseReading } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { boundedRead } from '../query/bounded-read.ts';
import { filterSql } from '../query/filter.ts';
import { bound } from '../query/list-plan.ts';
import { openSource } from '../query/source.ts';
import { titleSql } from '../query/title.ts';
import { readRule } from './check-stored-rule.ts';

/** How many records a rule would find wrong as they are, and some of them. */
export interface WrongRecords {
  /** Null when more are wrong than are counted. */
  readonly count: number | null;
  readonly bound: number;
  readonly examples: readonly { readonly id: string; readonly label: string | null }[];
}

interface Row {
  readonly id: string;
  readonly label: string | null;
  readonly count: number;
}

const examples = 5;
const seconds = 10;

/**
 * Tries a rule on the records there are, nothing being kept: which of them it would refuse if they were saved as they
 * are, so that nothing is `changed`. Refuses what a rule of an administrator can't say.
 */
export async function countWrong(
  ctx: Ctx,
  rule: { readonly entity: string; readonly wrongWhen: string },
): Promise<WrongRecords> {
  const found = readRule(ctx, rule.entity, rule.wrongWhen);
  if ('mistakes' in found) throw new Problem('invalid', { mistakes: found.mistakes });
  const { entity, compiled } = found;
  refuseReading(ctx, entity);
  const source = openSource(ctx, entity);
  const where = filterSql(ctx, source, { removed: false, where: compiled });
  const { sql: text, parameters } = sql`
      with wrong as materialized (
        select r.id from ${source.from()} where ${where} limit ${sql.lit(bound + 1)})
      select r.id, ${titleSql(ctx, entity, 'r')} as label, (select count(*)::int from wrong) as count
      from ${source.table()} where r.id in (select id from wrong order by id limit ${sql.lit(examples)}) order by r.id`.compile(
    ctx.db,
  );
  const rows = await boundedRead<Row>(ctx, seconds, { text, parameters });
  const count = rows[0]?.count ?? 0;
  return {
    count: count > bound ? null : count,
    bound,
    examples: rows.map(({ id, label }) => ({ id, label })),
  };
}
