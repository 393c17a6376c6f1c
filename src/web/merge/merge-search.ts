import { isId } from '../../lib/ids.ts';
import { mostMerged } from '../../model/merge.ts';
import { paths } from '../app/paths.ts';

/** The records that a merge is about, kept in its address: `?ids=…,…`. */
export interface MergeSearch {
  readonly ids: string;
}

/** Where records of an entity are merged, for the router. */
export const mergePlace = (plural: string, ids: readonly string[]) =>
  // The router knows the address by its pattern only, and so nothing of what stands behind the question mark.
  ({ to: paths.merge(plural) as '/', search: { ids: ids.join(',') } as never });

/** Reads the records of a merge from an address; what can't be one is dropped, and what is too many. */
export function readMergeSearch(search: Readonly<Record<string, unknown>>): MergeSearch {
  const ids = typeof search['ids'] === 'string' ? search['ids'].toLowerCase().split(',') : [];
  return { ids: [...new Set(ids.filter(isId))].slice(0, mostMerged).join(',') };
}
