import type { LinkField } from '../../model/entity.ts';
import type { Values } from '../../model/record.ts';
import type { LinkDraft } from './unite-links.ts';

/**
 * Of the links of a record that others went into, lets one at most be primary: the one to the record that its mirror
 * field names, or without such a field the one that was. Changes `after`.
 */
export function keepOnePrimary(
  link: LinkField & { readonly primary: string },
  links: readonly LinkDraft[],
  holder: Values,
): void {
  const isPrimary = ({ after }: LinkDraft): boolean => after[link.primary] === true;
  const ordered = [...links].sort((one, other) => Number(one.isMoved) - Number(other.isMoved));
  const named = link.mirror === undefined ? null : (holder[link.mirror] ?? null);
  const meant = link.mirror === undefined ? ordered : ordered.filter(({ after }) => after[link.to] === named);
  const chosen = meant.find(isPrimary) ?? (link.mirror === undefined ? undefined : meant[0]);
  for (const each of links)
    if (isPrimary(each) !== (each === chosen)) each.after[link.primary] = each === chosen;
}
