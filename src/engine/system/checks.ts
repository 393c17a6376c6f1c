import type { Entity } from '../../model/entity.ts';
import { checkFieldRights, checkRights } from '../access/check-rights.ts';
import type { Ctx } from '../ctx.ts';
import { checkDeclarations } from '../declare/declare.ts';
import { checkDuplicateRules } from '../duplicates/check-duplicate-rules.ts';
import { checkSeries } from '../numbers/check-series.ts';
import type { Draft } from '../record/draft.ts';
import { checkStoredRules } from '../rules/check-stored-rule.ts';
import { checkViewChoices, checkViews } from '../views/check-views.ts';

/** Adds to drafts of one entity the mistakes that only the rest of the set-up, or the database, can tell. */
type Check = (ctx: Ctx, drafts: readonly Draft[], entity: Entity) => void | Promise<void>;

/** By the name of the engine's own entity. */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['custom-entity', checkDeclarations],
  ['custom-field', checkDeclarations],
  ['custom-relation', checkDeclarations],
  ['duplicate-rule', checkDuplicateRules],
  ['field-right', checkFieldRights],
  ['number-series', checkSeries],
  ['right', checkRights],
  ['saved-view', checkViews],
  ['validation-rule', checkStoredRules],
  ['view-choice', checkViewChoices],
]);

/** What must hold of the engine's own records beyond their rules; nothing for those of the business. */
export async function checkSetup(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  if (entity.system) await checks.get(entity.name)?.(ctx, drafts, entity);
}
