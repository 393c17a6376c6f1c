import type { Entity, LinkField } from '../../model/entity.ts';
import { sameValue } from '../../model/rule.ts';
import { combine, combinedFields, type Merged, saysNothing } from './combine.ts';

/** A link record as it is to be: as it stands, and with what it names replaced. */
export interface LinkDraft {
  readonly id: string;
  readonly before: Merged['values'];
  after: Record<string, unknown>;
  /** Whether it named a record that goes. */
  readonly isMoved: boolean;
}

/** What becomes of links once what they link is one. */
export interface United {
  /** Links that another one stands for now, by id. */
  readonly into: ReadonlyMap<string, string>;
  /** Links that would link a record to itself. */
  readonly selfLinks: ReadonlySet<string>;
}

/**
 * Makes one of links that come to link the same two records: the one that stood there stays, and takes over what only
 * the other one says. Those that tell different things in a field which keeps them apart, as two roles of a person,
 * both stay. Changes `after` of those that stay.
 */
export function uniteLinks(entity: Entity, link: LinkField, links: readonly LinkDraft[]): United {
  const into = new Map<string, string>();
  const selfLinks = new Set<string>();
  const apart = [...new Set(entity.uniques.flatMap(({ fields }) => fields))].filter(
    (name) => name !== link.from && name !== link.to,
  );
  const isSelf = (values: Merged['values']): boolean =>
    entity.fields[link.from]?.options.to === entity.fields[link.to]?.options.to &&
    sameValue(values[link.from] ?? null, values[link.to] ?? null);
  for (const each of links) if (isSelf(each.after) && !isSelf(each.before)) selfLinks.add(each.id);
  const rest = links.filter(({ id }) => !selfLinks.has(id));
  for (const pair of Map.groupBy(rest, ({ after }) =>
    JSON.stringify([after[link.from], after[link.to]]),
  ).values()) {
    const standing: LinkDraft[] = [];
    for (const each of [...pair].sort(standingFirst)) {
      const same = standing.find((one) => isLike(one, each, apart, false));
      const heir = same ?? standing.find((one) => each.isMoved && isLike(one, each, apart, true));
      if (!heir || !each.isMoved) standing.push(each);
      else {
        into.set(each.id, heir.id);
        takeOver(entity, link, heir, each);
      }
    }
  }
  return { into, selfLinks };
}

const standingFirst = (one: LinkDraft, other: LinkDraft): number =>
  Number(one.isMoved) - Number(other.isMoved) || (one.id < other.id ? -1 : 1);

/** Whether two links say the same in the fields that keep links apart; with `orLess`, where one says nothing too. */
const isLike = (one: LinkDraft, other: LinkDraft, apart: readonly string[], orLess: boolean): boolean =>
  apart.every((name) => {
    const [left, right] = [one.after[name] ?? null, other.after[name] ?? null];
    return sameValue(left, right) || (orLess && (saysNothing(left) || saysNothing(right)));
  });

function takeOver(entity: Entity, link: LinkField, heir: LinkDraft, gone: LinkDraft): void {
  const both = [heir, gone].map(({ id, after }) => ({ id, values: { ...after } }));
  for (const field of combinedFields(entity)) {
    if (field.system || field.name === link.from || field.name === link.to) continue;
    heir.after[field.name] = combine(entity, field, both).value;
  }
}
