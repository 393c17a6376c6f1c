import { sql } from 'kysely';
import type { Entity, LinkField } from '../../model/entity.ts';
import { type FoundRecord, isChanged, type RuleActs, type RuleChange } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';

/** A declared relation with a primary link, seen from the entity that has it. */
interface Primary {
  readonly holder: Entity;
  readonly link: LinkField & { readonly primary: string };
}

/**
 * Keeps, for each relation that declares `primary`, at most one primary link per record, and the record's
 * `mirror` field equal to it: the last one set wins, the first link of a record becomes its primary one, and
 * writing the mirror field makes the link.
 */
export async function keepPrimaryLinks(
  ctx: Ctx,
  entity: Entity,
  changes: readonly RuleChange[],
  acts: RuleActs,
): Promise<void> {
  for (const primary of primaries(ctx)) {
    if (primary.link.through === entity.name) await afterLinks(ctx, primary, changes, acts);
    if (primary.holder === entity && primary.link.mirror)
      await afterMirror(primary, primary.link.mirror, changes, acts);
  }
}

/** Whether `keepPrimaryLinks` would have anything to look at. */
export const concernsPrimary = (ctx: Ctx, entity: Entity, changes: readonly RuleChange[]): boolean =>
  primaries(ctx).some(({ holder, link }) => {
    const { mirror } = link;
    return (
      link.through === entity.name ||
      (holder === entity && mirror !== undefined && changes.some((change) => isChanged(change, mirror)))
    );
  });

/** The relations with a primary link that the model declares. */
function primaries(ctx: Ctx): readonly Primary[] {
  return [...ctx.workspace.model.entities.values()].flatMap((holder) =>
    Object.values(holder.links).flatMap((link) =>
      link.primary ? [{ holder, link: { ...link, primary: link.primary } }] : [],
    ),
  );
}

async function afterLinks(
  ctx: Ctx,
  { holder, link }: Primary,
  changes: readonly RuleChange[],
  acts: RuleActs,
): Promise<void> {
  // A link that is moved leaves one record and comes to another.
  const holders = [
    ...new Set(
      changes
        .flatMap(({ before, after }) => [before ?? after, after])
        .map((values) => String(values[link.from])),
    ),
  ];
  await lockHolders(ctx, holder, holders);
  const links = await acts.find(link.through, { [link.from]: holders });
  const mirrors = link.mirror ? await acts.find(holder.name, { id: holders }) : [];
  const unset: string[] = [];
  const set: string[] = [];
  const mirrored: { id: string; values: Record<string, unknown> }[] = [];
  for (const id of holders) {
    const own = links.filter((each) => each.values[link.from] === id);
    const chosen = choose(
      own,
      link.primary,
      changes.filter((change) => change.after[link.from] === id),
    );
    for (const each of own) {
      if (each === chosen && each.values[link.primary] !== true) set.push(each.id);
      if (each !== chosen && each.values[link.primary] === true) unset.push(each.id);
    }
    const wanted = chosen?.values[link.to] ?? null;
    const held = mirrors.find((each) => each.id === id);
    if (link.mirror && held && (held.values[link.mirror] ?? null) !== wanted)
      mirrored.push({ id, values: { [link.mirror]: wanted } });
  }
  await acts.update(
    link.through,
    unset.map((id) => ({ id, values: { [link.primary]: false } })),
  );
  await acts.update(
    link.through,
    set.map((id) => ({ id, values: { [link.primary]: true } })),
  );
  await acts.update(holder.name, mirrored);
}

/** The link that is primary after these changes: the last one made so, else the one that was, else the first link made. */
function choose(
  links: readonly FoundRecord[],
  primary: string,
  changes: readonly RuleChange[],
): FoundRecord | null {
  const byId = new Map(links.map((link) => [link.id, link]));
  const made = changes.filter((change) => isChanged(change, primary) && change.after[primary] === true);
  for (const change of [...made].reverse()) {
    const link = byId.get(change.id);
    if (link && link.values[primary] === true) return link;
  }
  const standing = links.find((link) => link.values[primary] === true);
  if (standing) return standing;
  const created = changes.find((change) => change.verb === 'create' && links[0]?.id === change.id);
  return created ? (byId.get(created.id) ?? null) : null;
}

async function afterMirror(
  { link }: Primary,
  mirror: string,
  changes: readonly RuleChange[],
  acts: RuleActs,
): Promise<void> {
  const moved = changes.filter((change) => change.verb !== 'remove' && isChanged(change, mirror));
  if (moved.length === 0) return;
  const links = await acts.find(link.through, { [link.from]: moved.map((change) => change.id) });
  const updates: { id: string; values: Record<string, unknown> }[] = [];
  const creations: Record<string, unknown>[] = [];
  for (const change of moved) {
    const target = change.after[mirror] ?? null;
    const own = links.filter((each) => each.values[link.from] === change.id);
    if (target === null) {
      updates.push(
        ...own
          .filter((each) => each.values[link.primary] === true)
          .map(({ id }) => ({ id, values: { [link.primary]: false } })),
      );
      continue;
    }
    if (own.some((each) => each.values[link.to] === target && each.values[link.primary] === true)) continue;
    const existing = own.find((each) => each.values[link.to] === target);
    if (existing) updates.push({ id: existing.id, values: { [link.primary]: true } });
    else
      creations.push({ [link.from]: change.id, [link.to]: target, [link.primary]: true, ...sharing(change) });
  }
  await acts.update(link.through, updates);
  await acts.create(link.through, creations);
}

/** A link made for a record belongs to whom the record belongs. */
const sharing = (change: RuleChange): Record<string, unknown> => ({
  owner: change.after.owner,
  teams: change.after.teams,
});

/** Two people setting a primary link at once take their turns. */
async function lockHolders(ctx: Ctx, holder: Entity, ids: readonly string[]): Promise<void> {
  await sql`select id from ${sql.id(ctx.workspace.schema, holder.table)} where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(
    ctx.db,
  );
}
