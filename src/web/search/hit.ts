import type { Description, EntityDescription } from '../../model/description.ts';
import type { FoundRecord, SearchResult } from '../../model/search.ts';
import { entityNamed } from '../data/describe.ts';

/** A record found, with what is known of its entity. */
export interface Hit extends FoundRecord {
  readonly entity: EntityDescription;
}

/** What was found, in the order of the screen. */
export const hitsOf = (description: Description, found: SearchResult | undefined): readonly Hit[] =>
  (found?.groups ?? []).flatMap(({ entity, items }) => {
    const described = entityNamed(description, entity);
    return described ? items.map((item) => ({ ...item, entity: described })) : [];
  });
