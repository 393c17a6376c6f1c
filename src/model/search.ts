/** From and to in a text, in UTF-16 units. */
export type FoundMark = readonly [number, number];

/** The part of a record by which it was found. */
export interface FoundMatch {
  readonly field: string;
  /** The field's text, or what stands around the place. */
  readonly text: string;
  readonly marks: readonly FoundMark[];
}

/** A record found. */
export interface FoundRecord {
  readonly id: string;
  readonly title: string;
  /** What tells it from others of the same title. */
  readonly detail: string | null;
  /** Found although something was mistyped. */
  readonly near: boolean;
  /** The places in the title. */
  readonly marks: readonly FoundMark[];
  /** Where it was found besides, when the title doesn't tell all of it. */
  readonly match: FoundMatch | null;
}

/** Records found of one entity, the best first. */
export interface FoundGroup {
  readonly entity: string;
  readonly items: readonly FoundRecord[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

/** What a search found, the entity of the best hit first. */
export interface SearchResult {
  readonly groups: readonly FoundGroup[];
  /** What may have been meant, when nothing was found by what was typed. */
  readonly meant: string | null;
}

/** How far the search entries of an entity's records are built. */
export interface SearchBuild {
  readonly entity: string;
  readonly state: 'waiting' | 'building' | 'done';
  /** Records looked at. */
  readonly done: number;
  /** Of how many, as counted when it began; null before that. */
  readonly total: number | null;
  readonly at: string;
}
