import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import { bulkVerbs } from '../../model/bulk.ts';
import type { Entity } from '../../model/entity.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import { commit } from '../record/commit.ts';
import type { Draft } from '../record/draft.ts';
import { draftRemovals, draftRestorals } from '../record/remove.ts';
import { doVerb } from '../verbs/run-verb.ts';
import type { BulkPlan } from './stored-run.ts';

const unknown = message(
  'bulk-unknown-verb',
  '{label}: “{name}” can’t be done to many records. Choose one of: {names}.',
  '{label} : « {name} » ne peut pas se faire sur plusieurs fiches. Choisissez parmi : {names}.',
  '{label}: «{name}» no se puede hacer a varios registros. Elija entre: {names}.',
);

/** What a run does to each record. */
export interface BulkAct {
  readonly entity: Entity;
  /** The right to each record that it needs. */
  readonly needs: 'update' | 'remove';
  /** Whether it concerns records of the bin. */
  readonly removed: boolean;
  /** Null of the verbs that every entity has. */
  readonly declared: DeclaredVerb | null;
  /**
   * Does it to these records, all or none unless some have mistakes of their own: those are answered as drafts with
   * their mistakes, and aren’t written.
   */
  do(ctx: Ctx, ids: readonly string[]): Promise<readonly Draft[]>;
}

/** The act of that name on an entity; refused, with the names there are, when there is none. */
export function actOf(
  ctx: Ctx,
  entity: Entity,
  verb: string,
  plan: Pick<BulkPlan, 'values' | 'input'>,
): BulkAct {
  const base = { entity, declared: null, removed: false };
  if (verb === 'update')
    return {
      ...base,
      needs: 'update',
      do: (inner, ids) =>
        written(
          inner,
          entity,
          draftChanges(
            inner,
            entity,
            ids.map((id) => ({ id, values: plan.values })),
          ),
        ),
    };
  if (verb === 'remove')
    return {
      ...base,
      needs: 'remove',
      do: (inner, ids) =>
        written(
          inner,
          entity,
          draftRemovals(
            inner,
            entity,
            ids.map((id) => ({ id })),
          ),
        ),
    };
  if (verb === 'restore')
    return {
      ...base,
      needs: 'remove',
      removed: true,
      do: (inner, ids) => written(inner, entity, draftRestorals(inner, entity, ids)),
    };
  const verbs = ctx.workspace.model.verbs.get(entity.name) ?? [];
  const declared = verbs.find((each) => each.name === verb);
  if (!declared) throw unknownVerb(entity, verb, verbs);
  return {
    ...base,
    needs: declared.needs,
    declared,
    async do(inner, ids) {
      for (const id of ids) await doVerb(inner, entity, declared, id, plan.input, { proposes: true });
      return [];
    },
  };
}

/** Writes the drafts that have no mistakes. */
async function written(
  ctx: Ctx,
  entity: Entity,
  drafting: Promise<readonly Draft[]>,
): Promise<readonly Draft[]> {
  const drafts = await drafting;
  await commit(
    ctx,
    entity,
    drafts.filter(({ mistakes }) => mistakes.length === 0),
  );
  return drafts;
}

function unknownVerb(entity: Entity, verb: string, verbs: readonly DeclaredVerb[]): Problem {
  const names = [...bulkVerbs, ...verbs.map(({ name }) => name)];
  const near = nearest(verb, names);
  const params = { label: entity.label.many, name: verb.slice(0, 60), names: near ?? names.join(', ') };
  return new Problem('invalid', {
    mistakes: [{ field: 'verb', message: unknown, params, value: verb.slice(0, 60) }],
  });
}
