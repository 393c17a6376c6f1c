import { sql } from 'kysely';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { mergeMarks } from '../../model/merge.ts';
import type { Values } from '../../model/record.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { repoint } from '../record/repoint.ts';
import { linksThrough } from './mergeable.ts';
import { namesOneSql, namingFields } from './naming-fields.ts';
import { keepOnePrimary } from './one-primary.ts';
import { liveRows, samePairs } from './related-rows.ts';
import { type LinkDraft, uniteLinks } from './unite-links.ts';

const tooMany = message(
  'merge-too-many-related',
  'More than {max} records are related to these, too many to move at once. Give some of them to the record that stays first.',
  'Plus de {max} fiches sont liées à celles-ci, trop pour être déplacées en une fois. Rattachez-en d’abord une partie à la fiche conservée.',
  'Más de {max} registros están relacionados con estos, demasiados para moverlos de una vez. Asigne antes una parte al registro que permanece.',
);

/** Related records that one merge moves; with those merged no more than one undo takes back. */
const mostMoved = 9_990;

/** What becomes of a related record. */
interface Moving extends LinkDraft {
  isMoved: boolean;
  /** Whether it goes, and into which one. */
  goes: { readonly into: string | null } | null;
}

/** What a merge does to the records of one entity that are related to those merged. */
export interface EntityMoves {
  readonly entity: Entity;
  readonly updates: readonly Draft[];
  readonly removals: readonly Draft[];
}

interface Task {
  readonly entity: Entity;
  /** The records that go, and the one that stays for each. */
  readonly into: ReadonlyMap<string, string>;
  /** The values of those that stay, as they will be; of links nothing is asked. */
  readonly stay: ReadonlyMap<string, Values>;
}

/**
 * Drafts that let every live record which names one that goes name the one that stays, whatever its owner: it is the
 * system that keeps relations whole. Links that would double become one, in turn with all that names them, and of a
 * record’s links one at most is the primary one. Rows are locked.
 */
export async function draftMoves(
  ctx: Ctx,
  entity: Entity,
  into: ReadonlyMap<string, string>,
  stay: ReadonlyMap<string, Values>,
): Promise<readonly EntityMoves[]> {
  const all = new Map<Entity, Map<string, Moving>>();
  const tasks: Task[] = [{ entity, into, stay }];
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    for (const [other, fields] of namingFields(ctx.workspace.model, task.entity)) {
      const known = all.get(other) ?? new Map<string, Moving>();
      all.set(other, known);
      const ids = [...task.into.keys()];
      const apart = other === entity ? [...into.keys(), ...into.values()] : [];
      const named = fields.map((field) => namesOneSql(field, task.entity, ids));
      const isRelated = sql`(${sql.join(named, sql` or `)}) and t.id <> all(${apart}::uuid[])`;
      const found = await liveRows(ctx, other, isRelated, mostMoved + 1);
      const moved = found.map((row) => remember(known, row));
      const standing = { entity: task.entity.name, into: task.into };
      for (const each of moved) {
        each.isMoved = true;
        for (const field of fields) each.after[field.name] = repoint(field, each.after[field.name], standing);
      }
      if ([...all.values()].reduce((sum, one) => sum + one.size, 0) > mostMoved)
        throw new Problem('too-large', { message: tooMany, params: { max: mostMoved } });
      const united = await unite(ctx, task, other, known, moved);
      if (united.size > 0) tasks.push({ entity: other, into: united, stay: new Map() });
    }
  }
  return [...all].map(([other, known]) => draftsOf(ctx, other, [...known.values()]));
}

/** Settles the links among what was moved: which become one, and which are primary. */
async function unite(
  ctx: Ctx,
  task: Task,
  other: Entity,
  known: Map<string, Moving>,
  moved: readonly Moving[],
): Promise<ReadonlyMap<string, string>> {
  const through = linksThrough(ctx.workspace.model, other);
  const [first] = through;
  if (!first || moved.length === 0) return new Map();
  const siblings = (await samePairs(ctx, other, first.link, moved, mostMoved)).map((row) =>
    remember(known, row),
  );
  const concerned = [...new Set([...moved, ...siblings])].filter(({ goes }) => goes === null);
  const { into, selfLinks } = uniteLinks(other, first.link, concerned);
  for (const each of concerned) {
    const heir = into.get(each.id);
    if (heir !== undefined || selfLinks.has(each.id)) each.goes = { into: heir ?? null };
  }
  for (const { holder, link } of through) {
    if (holder !== task.entity || link.primary === undefined) continue;
    for (const [id, values] of task.stay) {
      const from = other.fields[link.from];
      const own = from ? await liveRows(ctx, other, namesOneSql(from, holder, [id]), mostMoved) : [];
      const links = [...own.map((row) => remember(known, row)), ...moved];
      const staying = [...new Set(links)].filter(
        (each) => each.goes === null && each.after[link.from] === id,
      );
      keepOnePrimary({ ...link, primary: link.primary }, staying, values);
    }
  }
  return into;
}

function remember(known: Map<string, Moving>, row: { id: string; values: Values }): Moving {
  const found = known.get(row.id);
  if (found) return found;
  const fresh: Moving = {
    id: row.id,
    before: row.values,
    after: { ...row.values },
    isMoved: false,
    goes: null,
  };
  known.set(row.id, fresh);
  return fresh;
}

/** What is to be written of it: nothing of what stays as it was. */
function draftsOf(ctx: Ctx, entity: Entity, all: readonly Moving[]): EntityMoves {
  const removedAt = ctx.now.toISOString();
  const fresh = { given: new Set<string>(), keys: [] };
  return {
    entity,
    updates: all
      .filter(({ goes, before, after }) => goes === null && !sameValue(before, after))
      .map(({ id, before, after }) => ({ ...fresh, id, verb: 'update', before, after, mistakes: [] })),
    removals: all.flatMap(({ id, before, goes }): readonly Draft[] => {
      if (goes === null) return [];
      const mark = goes.into === null ? {} : { [mergeMarks.into]: goes.into };
      return [
        { ...fresh, id, verb: 'remove', before, after: { ...before, removedAt, ...mark }, mistakes: [] },
      ];
    }),
  };
}
