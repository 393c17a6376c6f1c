import type { Labels } from '../lib/locale.ts';

/** A value of a list with its defaults, as code declares it. */
export interface BaseValueSpec {
  readonly code: string;
  readonly label: Labels;
  /** One of the list's classes, e.g. `won` of an opportunity stage. */
  readonly class?: string;
  /** Percent, for lists that have probabilities. */
  readonly probability?: string;
  /** Name of a colour of the theme. */
  readonly color?: string;
}

/** A list whose values an administrator keeps: lead sources, stages, lost reasons. */
export interface BaseList {
  /** kebab-case: `opportunity-stage`. */
  readonly name: string;
  readonly label: Labels;
  /** Fixed meanings a value may have, which rules read; the values themselves are free. */
  readonly classes?: readonly { readonly code: string; readonly label: Labels }[];
  readonly hasProbability?: boolean;
  /** What a new workspace starts with. */
  readonly values: readonly BaseValueSpec[];
}

/** A value of a list as a workspace holds it. */
export interface BaseValue {
  readonly id: string;
  readonly list: string;
  readonly code: string;
  readonly label: Labels;
  readonly position: number;
  readonly active: boolean;
  readonly class: string | null;
  readonly probability: string | null;
  readonly color: string | null;
}
