import { fieldType } from '../../fields/index.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from './draft.ts';
import { holdAnywhere } from './hold-named.ts';
import { mergedInto } from './merged-into.ts';
import { repoint } from './repoint.ts';

/**
 * Lets records that come out of the bin name what the records they named were merged into meanwhile: a merge moves
 * what is live. Records that leave the bin together go on naming each other. What they name is held until the
 * transaction, which there must be, ends.
 */
export async function followMerges(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const back = drafts.filter(({ verb }) => verb === 'restore');
  if (back.length === 0) return;
  const ids = new Set(back.map(({ id }) => id));
  for (const [name, fields] of referencesByTarget(entity)) {
    const named = new Set(
      back.flatMap((draft) => fields.flatMap((field) => pointsOf(field, draft.after[field.name], name))),
    );
    const wanted = [...named].filter((id) => name !== entity.name || !ids.has(id));
    const target = entityOf(ctx.workspace.model, name);
    await holdAnywhere(ctx, target, wanted);
    const into = await mergedInto(ctx, target, wanted);
    if (into.size === 0) continue;
    for (const draft of back)
      for (const field of fields)
        draft.after[field.name] = repoint(field, draft.after[field.name], { entity: name, into });
  }
}

function referencesByTarget(entity: Entity): ReadonlyMap<string, readonly Field[]> {
  const byTarget = new Map<string, Field[]>();
  for (const field of Object.values(entity.fields)) {
    const target = field.system ? undefined : fieldType(field.type).target?.(field);
    if (target?.to !== 'records') continue;
    for (const name of target.entities) byTarget.set(name, [...(byTarget.get(name) ?? []), field]);
  }
  return byTarget;
}

function pointsOf(field: Field, value: unknown, name: string): readonly string[] {
  if (value === null || value === undefined) return [];
  const points = fieldType(field.type).pointsAt?.(value, field) ?? [];
  return points.flatMap(({ id, entity }) => (entity === undefined || entity === name ? [id] : []));
}
