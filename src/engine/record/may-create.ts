import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import { sameValue } from '../../model/rule.ts';
import { levelFor, may } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import { rowOf } from './codec.ts';
import type { Draft } from './draft.ts';
import { updatableIds } from './targets.ts';

const noCreate = message(
  'create-forbidden',
  'Your roles don’t let you create {label}.',
  'Vos rôles ne vous permettent pas de créer : {label}.',
  'Sus roles no le permiten crear: {label}.',
);
const notTheirs = message(
  'create-for-others',
  'Your roles let you create {label} only for yourself or your teams: choose another owner or team.',
  'Vos rôles ne permettent de créer « {label} » que pour vous ou vos équipes : choisissez un autre responsable.',
  'Sus roles solo le permiten crear {label} para usted o sus equipos: elija otro responsable.',
);
const parentClosed = message(
  'parent-not-writable',
  '{label}: you may not change that record, and so not add to it.',
  '{label} : vous ne pouvez pas modifier cette fiche, ni donc y ajouter.',
  '{label}: no puede cambiar ese registro y, por tanto, tampoco añadirle nada.',
);

/** Refuses at once who may create nothing here. */
export function refuseCreation(ctx: Ctx, entity: Entity): void {
  if (levelFor(ctx, entity, 'create') === 'none') {
    throw new Problem('forbidden', { message: noCreate, params: { label: entity.label.many } });
  }
}

/**
 * Adds a mistake to each record that would come to lie beyond its writer's reach: new ones, and those whose right
 * goes through another record and that are moved to one which the writer may not change.
 */
export async function checkReach(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const created = drafts.filter((draft) => draft.verb === 'create');
  const level = levelFor(ctx, entity, 'create');
  if (typeof level === 'object') await checkParents(ctx, entity, level.through, created);
  else if (level !== 'all' && level !== 'filtered') {
    for (const draft of created) {
      const row = rowOf(entity, draft.after) as { owner_id: string | null; teams_ids: string[] };
      if (!may(ctx, entity, 'create', row))
        draft.mistakes.push({ field: 'owner', message: notTheirs, params: { label: entity.label.many } });
    }
  }
  // What the undo of a batch puts back lay there before, by the same writer’s hand.
  if (ctx.door !== 'undo') await checkMoved(ctx, entity, drafts);
}

/** Adds a mistake to each change that moves a record, whose right goes through another, to one the writer may not change. */
export async function checkMoved(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const changing = levelFor(ctx, entity, 'update');
  if (typeof changing !== 'object') return;
  const { through } = changing;
  const moved = drafts.filter(
    ({ verb, before, after }) =>
      verb === 'update' && !sameValue(before?.[through] ?? null, after[through] ?? null),
  );
  await checkParents(ctx, entity, through, moved);
}

/** Adds a mistake to each draft whose field `through` names a record that the writer may not change. */
async function checkParents(
  ctx: Ctx,
  entity: Entity,
  through: string,
  drafts: readonly Draft[],
): Promise<void> {
  const field = entity.fields[through];
  const type = field ? fieldType(field.type) : undefined;
  const target = field ? type?.target?.(field) : undefined;
  if (!field || !type?.pointsAt || target?.to !== 'records')
    throw new Error(`${entity.name}: access through ${through} isn’t a reference`);
  const named = drafts.flatMap((draft) => {
    const value = draft.after[through] ?? null;
    const [point] = value === null ? [] : (type.pointsAt?.(value, field) ?? []);
    return point ? [{ draft, id: point.id, parent: point.entity ?? target.entities[0] ?? '' }] : [];
  });
  for (const parent of new Set(named.map((each) => each.parent))) {
    const here = named.filter((each) => each.parent === parent);
    const ids = [...new Set(here.map(({ id }) => id))];
    const writable = await updatableIds(ctx, entityOf(ctx.workspace.model, parent), ids);
    for (const { draft, id } of here) {
      if (writable.has(id) || draft.mistakes.some((mistake) => mistake.field === through)) continue;
      draft.mistakes.push({
        field: through,
        message: parentClosed,
        params: { label: field.label },
        value: id,
      });
    }
  }
}
