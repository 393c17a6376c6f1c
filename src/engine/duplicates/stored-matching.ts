import { sql } from 'kysely';
import type { DuplicateMatching } from '../../model/duplicate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Db } from '../ctx.ts';
import { duplicateRule } from '../system/duplicate-rule.ts';

/** The criterion of a rule that is about the threshold. */
export const thresholdName = 'threshold';

/** What an administrator says of one criterion. */
interface StoredRule {
  readonly points: number;
  readonly against: number;
}

/** What an administrator says of the criteria of duplicates: by entity, by criterion. */
export type DuplicateRules = ReadonlyMap<string, ReadonlyMap<string, StoredRule>>;

/** The rules that an administrator keeps; of several for the same the newest holds. */
export async function readDuplicateRules(db: Db, schema: string): Promise<DuplicateRules> {
  const { rows } = await sql<{ entity: string; criterion: string; points: number; against: number }>`
    select entity, criterion, points, against from ${sql.id(schema, duplicateRule.table)}
    where removed_at is null order by id`.execute(db);
  const rules = new Map<string, Map<string, StoredRule>>();
  for (const { entity, criterion, points, against } of rows) {
    const own = rules.get(entity) ?? new Map<string, StoredRule>();
    rules.set(entity, own);
    own.set(criterion, { points: Number(points), against: Number(against) });
  }
  return rules;
}

/** What makes two records of an entity look like the same here: as code declares it, but for what an administrator says. */
export function matchingWith(rules: DuplicateRules, { name, duplicates }: Entity): DuplicateMatching | null {
  const own = rules.get(name);
  if (!duplicates || !own) return duplicates;
  return {
    ...duplicates,
    threshold: own.get(thresholdName)?.points ?? duplicates.threshold,
    criteria: duplicates.criteria
      .map((criterion) => {
        const said = own.get(criterion.name);
        return said ? { ...criterion, weight: said.points, unlike: said.against } : criterion;
      })
      .filter(({ weight }) => weight > 0),
  };
}
