import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { FoundRecord } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import { keysOf } from '../record/external-keys.ts';
import { findRecords } from '../record/find.ts';
import type { RowRead } from './read-row.ts';

/**
 * Of rows of a link entity: the link that there is already between the two records a row names, by place. It has the
 * row's other unique values, or none yet, like the links that a record's own reference makes. One that has a key of
 * the same source is the record of another row: a row that repeats it is refused as it is at every door.
 */
export async function standingLinks(
  ctx: Ctx,
  entity: Entity,
  source: string,
  rows: readonly RowRead[],
): Promise<ReadonlyMap<number, string>> {
  const ends = endsOf(ctx.workspace.model, entity);
  if (!ends || rows.length === 0) return new Map();
  const [from, to] = ends;
  const ids = (name: string): readonly string[] => [
    ...new Set(rows.flatMap(({ input }) => (typeof input[name] === 'string' ? [input[name]] : []))),
  ];
  const all = await findRecords(ctx, entity, { [from]: ids(from), [to]: ids(to) });
  const keys = await keysOf(
    ctx,
    all.map(({ id }) => id),
  );
  const links = all.filter(({ id }) => !keys.get(id)?.some((key) => key.source === source));
  const pairOf = (values: Readonly<Record<string, unknown>>): string =>
    `${String(values[from])} ${String(values[to])}`;
  const byPair = Map.groupBy(links, ({ values }) => pairOf(values));
  const others = entity.uniques
    .flatMap(({ fields }) => fields)
    .filter((name) => name !== from && name !== to);
  const taken = new Set<string>();
  const found = new Map<number, string>();
  const take = (row: RowRead, fits: (link: FoundRecord) => boolean): void => {
    const link = byPair.get(pairOf(row.input))?.find((each) => !taken.has(each.id) && fits(each));
    if (!link || found.has(row.place)) return;
    taken.add(link.id);
    found.set(row.place, link.id);
  };
  for (const row of rows)
    take(row, ({ values }) => others.every((name) => (values[name] ?? null) === (row.input[name] ?? null)));
  for (const row of rows) take(row, ({ values }) => others.every((name) => (values[name] ?? null) === null));
  return found;
}

/** The two references of an entity through which others are linked; null of any other. */
function endsOf(model: Model, entity: Entity): readonly [string, string] | null {
  for (const { links } of model.entities.values()) {
    for (const link of Object.values(links)) if (link.through === entity.name) return [link.from, link.to];
  }
  return null;
}
