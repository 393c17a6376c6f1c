import { sql } from 'kysely';
import { fieldType } from '../../fields/index.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Mistake } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { sameValue } from '../../model/rule.ts';
import { accessSql } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from './draft.ts';
import { heldByName, mayBeMerged, noteNamed } from './hold-named.ts';
import { readableMergedInto } from './merged-into.ts';
import { repoint } from './repoint.ts';

const noRecord = message(
  'unknown-reference',
  '{label}: there is no such record, or you may not see it.',
  '{label} : cette fiche n’existe pas, ou vous n’y avez pas accès.',
  '{label}: ese registro no existe, o no puede verlo.',
);
const noValue = message(
  'unknown-list-value',
  '{label}: “{code}” isn’t in the list. Choose one of: {codes}.',
  '{label} : « {code} » n’est pas dans la liste. Choisissez parmi : {codes}.',
  '{label}: «{code}» no está en la lista. Elija entre: {codes}.',
);
const inactiveValue = message(
  'inactive-list-value',
  '{label}: “{code}” is no longer offered. Choose one of: {codes}.',
  '{label} : « {code} » n’est plus proposé. Choisissez parmi : {codes}.',
  '{label}: «{code}» ya no se ofrece. Elija entre: {codes}.',
);

/**
 * Adds a mistake to each draft whose changed fields name a record that can't be seen or a value its list doesn't offer.
 * Who names a record that was merged means the one it went into. Inside a transaction what is named is held until it
 * ends, so that no merge takes it away; without one the drafts note what has to be held when they are written.
 */
export async function checkTargets(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const ids = new Map<string, Set<string>>();
  const uses: { draft: Draft; field: string; entity: string; id: string }[] = [];
  for (const field of Object.values(entity.fields)) {
    const type = fieldType(field.type);
    const target = type.target?.(field);
    if (!target || !type.pointsAt) continue;
    for (const draft of drafts) {
      const value = draft.after[field.name] ?? null;
      if (value === null || sameValue(value, draft.before?.[field.name] ?? null)) continue;
      for (const point of type.pointsAt(value, field)) {
        if (target.to === 'list') {
          const mistake = listMistake(ctx, target.list, point.id, field);
          if (mistake) draft.mistakes.push({ ...mistake, field: field.name, value });
          continue;
        }
        const name = point.entity ?? target.entities[0] ?? '';
        // Oneself and one's teams can always be named, without a look.
        if (name === 'user' && point.id === ctx.who.userId) continue;
        if (name === 'team' && ctx.who.teams.includes(point.id)) continue;
        ids.set(name, (ids.get(name) ?? new Set()).add(point.id));
        uses.push({ draft, field: field.name, entity: name, id: point.id });
      }
    }
  }
  const seen = new Map<string, ReadonlySet<string>>();
  const merged = new Map<string, ReadonlyMap<string, string>>();
  for (const [name, wanted] of ids) {
    const named = entityOf(ctx.workspace.model, name);
    const found = await holdReadable(ctx, named, [...wanted]);
    const missing = [...wanted].filter((id) => !found.has(id));
    seen.set(name, found);
    if (missing.length > 0) merged.set(name, await heirsOf(ctx, named, missing));
  }
  // A record that the same write brings out of the bin can be named.
  const back = new Set(drafts.filter(({ verb }) => verb === 'restore').map((draft) => draft.id));
  for (const { draft, field, entity: name, id } of uses) {
    const isSeen = seen.get(name)?.has(id);
    const into = merged.get(name)?.get(id);
    const meant = isSeen ? id : into;
    if (meant !== undefined && !ctx.db.isTransaction && mayBeMerged(entityOf(ctx.workspace.model, name)))
      noteNamed(draft, name, meant);
    if (isSeen || (name === entity.name && back.has(id))) continue;
    const declared = entity.fields[field];
    if (declared && into !== undefined) {
      draft.after[field] = repoint(declared, draft.after[field], {
        entity: name,
        into: new Map([[id, into]]),
      });
      continue;
    }
    const label = entity.fields[field]?.label;
    draft.mistakes.push({ field, message: noRecord, ...(label ? { params: { label } } : {}), value: id });
  }
}

/** `readableIds`, which inside a transaction stay where they are until it ends. */
const holdReadable = (ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  idsWithin(ctx, entity, 'read', ids, ctx.db.isTransaction && mayBeMerged(entity));

/** `readableMergedInto`, held: of one that went meanwhile in turn, the one it went into. */
async function heirsOf(
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  for (;;) {
    const into = await readableMergedInto(ctx, entity, ids);
    if (into.size === 0) return into;
    if (!ctx.db.isTransaction) return into;
    const held = await holdReadable(ctx, entity, [...into.values()]);
    if ([...into.values()].every((heir) => held.has(heir))) return into;
  }
}

/** Which of these live records the asker may read. */
export const readableIds = (ctx: Ctx, entity: Entity, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  idsWithin(ctx, entity, 'read', ids);

/** Which of these live records the asker may change. */
export const updatableIds = (
  ctx: Ctx,
  entity: Entity,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => idsWithin(ctx, entity, 'update', ids);

async function idsWithin(
  ctx: Ctx,
  entity: Entity,
  action: 'read' | 'update',
  ids: readonly string[],
  isHeld = false,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.id(ctx.workspace.schema, entity.table)} t
    where t.id = any(${[...ids]}::uuid[]) and t.removed_at is null and ${accessSql(ctx, entity, action, 't')}
    ${isHeld ? sql`order by t.id ${heldByName}` : sql``}`.execute(ctx.db);
  return new Set(rows.map((row) => row.id));
}

function listMistake(ctx: Ctx, list: string, code: string, field: Field): Omit<Mistake, 'field'> | null {
  const found = ctx.workspace.baseValues.find(list, code);
  // What an undo puts back was offered once; the value is only flagged, as everywhere.
  if (found && (found.active || ctx.door === 'undo')) return null;
  const offered = ctx.workspace.baseValues.all(list).filter((value) => value.active);
  const near = nearest(
    code,
    offered.map((value) => value.code),
  );
  const codes = [...new Set([...(near ? [near] : []), ...offered.map((value) => value.code)])]
    .slice(0, 12)
    .join(', ');
  return {
    message: found ? inactiveValue : noValue,
    params: { label: field.label, code, codes: codes || '—' },
  };
}
