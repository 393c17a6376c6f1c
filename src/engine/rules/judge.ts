import { evaluator, type RecordValues } from '../../expression/evaluate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { Ctx } from '../ctx.ts';
import { askEnv } from '../query/where.ts';
import type { RecordCondition } from './conditions.ts';
import { type Judged, judgeInDatabase } from './judge-sql.ts';

/** Whether a condition holds of a record, by its id. */
export type Verdict = (condition: RecordCondition, id: string) => boolean;

/**
 * Finds out of which records the conditions hold: in memory what a record tells of itself, in one statement what
 * looks at other records.
 */
export async function judge(
  ctx: Ctx,
  entity: Entity,
  conditions: readonly RecordCondition[],
  records: readonly Judged[],
): Promise<Verdict> {
  const related = conditions.filter(({ isRelated }) => isRelated);
  const found = new Map(await judgeInDatabase(ctx, entity, related, records));
  const ask = askEnv(ctx);
  for (const condition of conditions) {
    if (condition.isRelated) continue;
    const holds = evaluator(condition.compiled, ask);
    found.set(condition, new Set(records.filter((each) => holds(valuesOf(ctx, each))).map(({ id }) => id)));
  }
  return (condition, id) => found.get(condition)?.has(id) === true;
}

const valuesOf = (ctx: Ctx, { values, before }: Judged): RecordValues => ({
  ...ownValues(ctx, values),
  before: before && ownValues(ctx, before),
});

const ownValues = (ctx: Ctx, values: Values): RecordValues => ({
  value: ({ field, comparable }) => comparable.pick(values[field.name] ?? null),
  baseValue: (list, code) => ctx.workspace.baseValues.find(list, code),
});
