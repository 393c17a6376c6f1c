import { newId } from '../../lib/ids.ts';
import type { FieldState, Judgement } from '../../model/description.ts';
import type { Entity } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { defaults } from '../record/create.ts';
import type { Draft, Input } from '../record/draft.ts';
import { lockRecords } from '../record/lock.ts';
import { refuseCreation } from '../record/may-create.ts';
import { readInput } from '../record/read-input.ts';
import { derive } from '../record/rules.ts';
import { checkTargets } from '../record/targets.ts';
import { unseen } from '../record/unseen-mistakes.ts';
import { clearHidden, judgedOf, wrongFields } from './check-conditions.ts';
import { conditionsOf, type FieldCondition, type RecordCondition } from './conditions.ts';
import { judge } from './judge.ts';

/**
 * What holds of a record as somebody is typing it, nothing being written: which fields are shown, needed and locked,
 * and which validations it would break. Who only reads may ask about a record as it is.
 */
export async function judgeInput(
  ctx: Ctx,
  entity: Entity,
  { id, values }: { readonly id: string | null; readonly values: Input },
): Promise<Judgement> {
  const draft = await draftOf(ctx, entity, id, values);
  derive(ctx, entity, [draft]);
  await clearHidden(ctx, entity, [draft]);
  await checkTargets(ctx, entity, [draft]);
  const wrong = wrongFields(draft);
  const isTold = ({ roots }: RecordCondition): boolean => !roots.some((name) => wrong.has(name));
  const { shown, required, readOnly, validations } = conditionsOf(ctx.workspace.model, entity);
  const now = await judge(ctx, entity, [...shown, ...required, ...validations], [judgedOf(ctx, draft)]);
  const { before } = draft;
  const then = before
    ? await judge(ctx, entity, readOnly, [{ id: draft.id, values: before, before: null }])
    : () => false;
  const is = (
    conditions: readonly FieldCondition[],
    name: string,
    verdict: typeof now,
    otherwise: boolean,
  ) => {
    const condition = conditions.find(({ field }) => field.name === name);
    return condition && isTold(condition) ? verdict(condition, draft.id) : otherwise;
  };
  const readable = readableFields(ctx, entity);
  const stateOf = (name: string): FieldState => ({
    shown: is(shown, name, now, true),
    required: readable[name]?.required === true || is(required, name, now, false),
    readOnly: readable[name]?.readOnly === true || is(readOnly, name, then, false),
  });
  const names = new Set([...shown, ...required, ...readOnly].map(({ field }) => field.name));
  return {
    fields: Object.fromEntries(
      [...names].filter((name) => Object.hasOwn(readable, name)).map((name) => [name, stateOf(name)]),
    ),
    wrong: validations
      .filter((condition) => isTold(condition) && now(condition, draft.id))
      .map(({ validation: { name, field, message } }) =>
        Object.hasOwn(readable, field)
          ? { name, field, message: message.text[ctx.locale] }
          : { name: unseen.code, field: entity.title, message: unseen.text[ctx.locale] },
      ),
  };
}

async function draftOf(ctx: Ctx, entity: Entity, id: string | null, input: Input): Promise<Draft> {
  if (id === null) refuseCreation(ctx, entity);
  const action = Object.keys(input).length === 0 ? 'read' : 'update';
  const stored = id === null ? null : await lockRecords(ctx, entity, [id], action);
  const before: Values | null = stored?.get(id ?? '') ?? null;
  const read = readInput(ctx, entity, input, before);
  return {
    id: id ?? newId(),
    verb: before ? 'update' : 'create',
    before,
    after: { ...(before ?? defaults(ctx, entity, read.given)), ...read.values },
    given: read.given,
    keys: [],
    mistakes: read.mistakes,
  };
}
