import { message } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { isChanged } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { changeOf, type Draft } from '../record/draft.ts';
import { isEmptyValue, missingMistake } from '../record/rules.ts';
import { conditionsOf, type EntityConditions, isUnconditional, type RecordCondition } from './conditions.ts';
import { judge, type Verdict } from './judge.ts';
import type { Judged } from './judge-sql.ts';

const lockedNow = message(
  'read-only-now',
  '{label} can’t be changed as this record stands: leave it as it was.',
  '{label} : ce champ ne peut pas être modifié dans l’état actuel de la fiche ; laissez-le tel quel.',
  '{label}: este campo no se puede cambiar en el estado actual del registro; déjelo como estaba.',
);
const hiddenNow = message(
  'hidden-now',
  '{label} isn’t asked for as this record stands: leave it empty.',
  '{label} : ce champ n’est pas demandé dans l’état actuel de la fiche ; laissez-le vide.',
  '{label}: este campo no se pide en el estado actual del registro; déjelo vacío.',
);

/**
 * Empties what isn't shown of the fields that hold nothing while hidden. What the writer himself put there stays, and
 * is refused later. An undo puts former values back as they were.
 */
export async function clearHidden(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  if (ctx.door === 'undo') return;
  const clearing = conditionsOf(ctx.workspace.model, entity).shown.filter(
    ({ field }) => field.conditions.clearWhenHidden,
  );
  const concerned = drafts.filter((draft) =>
    clearing.some(({ field }) => !draft.given.has(field.name) && !isEmptyValue(draft.after[field.name])),
  );
  if (concerned.length === 0) return;
  const holds = await judge(
    ctx,
    entity,
    clearing,
    concerned.map((draft) => judgedOf(ctx, draft)),
  );
  for (const draft of concerned) {
    for (const condition of clearing) {
      const { name } = condition.field;
      if (!draft.given.has(name) && !holds(condition, draft.id)) draft.after[name] = null;
    }
  }
}

/**
 * Adds the mistakes that the entity's expressions find in drafts whose references are known to be right. An expression
 * about a field that is wrong already is left out, and a field is told the most telling of its mistakes.
 */
export async function checkConditions(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const conditions = conditionsOf(ctx.workspace.model, entity);
  if (isUnconditional(conditions) || drafts.length === 0) return;
  const wrong = new Map(drafts.map((draft) => [draft, wrongFields(draft)]));
  const { shown, required, validations } = conditions;
  const holds = await judge(
    ctx,
    entity,
    [...shown, ...required, ...validations],
    drafts.map((draft) => judgedOf(ctx, draft)),
  );
  for (const draft of drafts) {
    const before = wrong.get(draft) ?? new Set();
    const isTold = ({ roots }: RecordCondition): boolean => !roots.some((name) => before.has(name));
    for (const condition of validations) {
      const { field, message: said } = condition.validation;
      if (isTold(condition) && !before.has(field) && holds(condition, draft.id))
        draft.mistakes.push({ field, message: said, ...refusedValue(draft, field) });
    }
    checkFields(draft, conditions, holds, isTold);
  }
  await checkLocked(ctx, entity, conditions, drafts);
}

/** What is needed but missing, and what was put where nothing is asked for. */
function checkFields(
  draft: Draft,
  { shown, required }: EntityConditions,
  holds: Verdict,
  isTold: (condition: RecordCondition) => boolean,
): void {
  const wrong = wrongFields(draft);
  const hidden = shown.filter((condition) => isTold(condition) && !holds(condition, draft.id));
  for (const { field } of hidden) {
    if (!field.conditions.clearWhenHidden || wrong.has(field.name)) continue;
    if (!isEmptyValue(draft.after[field.name]) && draft.given.has(field.name))
      draft.mistakes.push({
        field: field.name,
        message: hiddenNow,
        params: { label: field.label },
        ...refusedValue(draft, field.name),
      });
  }
  for (const condition of required) {
    const { field } = condition;
    const isHidden = hidden.some((each) => each.field === field);
    if (isHidden || wrong.has(field.name) || !isEmptyValue(draft.after[field.name])) continue;
    if (isTold(condition) && holds(condition, draft.id)) draft.mistakes.push(missingMistake(field));
  }
}

/**
 * Refuses to change what the record as it was locks. An undo may when it puts back the state that left the field
 * open: only what stays locked stays as it is.
 */
async function checkLocked(
  ctx: Ctx,
  entity: Entity,
  { readOnly }: EntityConditions,
  drafts: readonly Draft[],
): Promise<void> {
  if (ctx.door === 'system') return;
  const isUndo = ctx.door === 'undo';
  const touches = (draft: Draft, name: string): boolean =>
    draft.before !== null &&
    !draft.unlocked?.has(name) &&
    (isUndo ? isChanged(changeOf(draft), name) : draft.given.has(name));
  const touched = readOnly.filter(({ field }) => drafts.some((draft) => touches(draft, field.name)));
  const concerned = drafts.filter((draft) => touched.some(({ field }) => touches(draft, field.name)));
  if (concerned.length === 0) return;
  const locked = await judge(
    ctx,
    entity,
    touched,
    concerned.map(({ id, before }) => ({ id, values: before as Values, before: null })),
  );
  const stays = isUndo
    ? await judge(
        ctx,
        entity,
        touched,
        concerned.map((draft) => judgedOf(ctx, draft)),
      )
    : locked;
  for (const draft of concerned) {
    const wrong = wrongFields(draft);
    for (const condition of touched) {
      const { name, label } = condition.field;
      if (!touches(draft, name) || wrong.has(name)) continue;
      if (locked(condition, draft.id) && stays(condition, draft.id))
        draft.mistakes.push({
          field: name,
          message: lockedNow,
          params: { label },
          ...refusedValue(draft, name),
        });
    }
  }
}

/** The fields in which a draft has mistakes. */
export const wrongFields = (draft: Draft): ReadonlySet<string> =>
  new Set(draft.mistakes.map(({ field }) => field.split('.')[0] ?? ''));

const refusedValue = (draft: Draft, field: string): { value?: unknown } =>
  isEmptyValue(draft.after[field]) || !draft.given.has(field) ? {} : { value: draft.after[field] };

/**
 * A draft as its expressions see it: with the bookkeeping that a new record will have. An undo and a return from the
 * bin must come to something right, but how they come to it is no change of its own: nothing is `changed`.
 */
export function judgedOf(ctx: Ctx, draft: Draft): Judged {
  const { id, before, after } = draft;
  const at = ctx.now.toISOString();
  const by = ctx.who.userId;
  const fresh = before ? {} : { version: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by };
  const values = { ...after, ...fresh, id };
  return { id, values, before: ctx.door === 'undo' ? values : before };
}
