import { entityOf } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Ctx } from '../ctx.ts';
import { draftChanges } from '../record/change.ts';
import { commit, refuseMistakes } from '../record/commit.ts';
import { draftCreations } from '../record/create.ts';
import { findRecords } from '../record/find.ts';
import type { Target } from './targets.ts';

/** A link that a row wants between its record and another. */
export interface LinkWanted {
  /** Place of the row. */
  readonly place: number;
  readonly from: string;
  readonly to: string;
  readonly target: Target;
}

/** Makes the links that aren't there yet; answers the places of the rows for which something was written. */
export async function writeLinks(
  ctx: Ctx,
  entity: Entity,
  wanted: readonly LinkWanted[],
): Promise<ReadonlySet<number>> {
  const touched = new Set<number>();
  for (const group of Map.groupBy(wanted, (each) => each.target.to).values()) {
    for (const place of await writeGroup(ctx, entity, group)) touched.add(place);
  }
  return touched;
}

async function writeGroup(
  ctx: Ctx,
  entity: Entity,
  wanted: readonly LinkWanted[],
): Promise<readonly number[]> {
  const link = wanted[0]?.target.link;
  if (!link) throw new Error(`${entity.name}: a link is wanted through nothing`);
  const through = entityOf(ctx.workspace.model, link.through);
  const primary = wanted[0]?.target.to.endsWith(':primary') ? (link.primary ?? null) : null;
  const standing = await findRecords(ctx, through, {
    [link.from]: [...new Set(wanted.map((each) => each.from))],
    [link.to]: [...new Set(wanted.map((each) => each.to))],
  });
  const known = new Map(
    standing.map((found): [string, typeof found] => [
      `${String(found.values[link.from])} ${String(found.values[link.to])}`,
      found,
    ]),
  );
  const missing = new Map<string, LinkWanted>();
  const raised = new Map<string, LinkWanted>();
  for (const each of wanted) {
    const pair = `${each.from} ${each.to}`;
    const found = known.get(pair);
    if (!found) missing.set(pair, each);
    else if (primary !== null && found.values[primary] !== true) raised.set(found.id, each);
  }
  if (missing.size > 0) {
    const drafts = await draftCreations(
      ctx,
      through,
      [...missing.values()].map(({ from, to }) => ({
        [link.from]: from,
        [link.to]: to,
        ...(primary === null ? {} : { [primary]: true }),
      })),
    );
    refuseMistakes(drafts);
    await commit(ctx, through, drafts);
  }
  if (primary !== null && raised.size > 0) {
    const drafts = await draftChanges(
      ctx,
      through,
      [...raised.keys()].map((id) => ({ id, values: { [primary]: true } })),
    );
    refuseMistakes(drafts);
    await commit(ctx, through, drafts);
  }
  return [...missing.values(), ...raised.values()].map((each) => each.place);
}
