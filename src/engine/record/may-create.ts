import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
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
  if (levelFor(ctx.who, entity, 'create') === 'none') {
    throw new Problem('forbidden', { message: noCreate, params: { label: entity.label.many } });
  }
}

/** Adds a mistake to each new record that lies beyond the writer's reach. */
export async function checkReach(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const level = levelFor(ctx.who, entity, 'create');
  if (level === 'all') return;
  if (typeof level !== 'object') {
    for (const draft of drafts) {
      const row = rowOf(entity, draft.after) as { owner_id: string | null; teams_ids: string[] };
      if (!may(ctx, entity, 'create', row))
        draft.mistakes.push({ field: 'owner', message: notTheirs, params: { label: entity.label.many } });
    }
    return;
  }
  const field = entity.fields[level.through];
  const target = field ? fieldType(field.type).target?.(field) : undefined;
  if (!field || target?.to !== 'records')
    throw new Error(`${entity.name}: access through ${level.through} isn’t a reference`);
  const parent = entityOf(ctx.workspace.model, target.entities[0] ?? '');
  const ids = drafts.flatMap((draft) =>
    typeof draft.after[field.name] === 'string' ? [draft.after[field.name] as string] : [],
  );
  const writable = await updatableIds(ctx, parent, [...new Set(ids)]);
  for (const draft of drafts) {
    const id = draft.after[field.name];
    if (typeof id === 'string' && !writable.has(id) && !draft.mistakes.some((m) => m.field === field.name)) {
      draft.mistakes.push({
        field: field.name,
        message: parentClosed,
        params: { label: field.label },
        value: id,
      });
    }
  }
}
