import type { Mistake } from '../../lib/problem.ts';
import { declares } from './declarations.ts';
import type { EntityDraft } from './entity-draft.ts';
import type { Claim } from './find-doubles.ts';

/** What is put together of declarations: entities by name, claims on names, and mistakes by record. */
export interface Extension {
  readonly drafts: Map<string, EntityDraft>;
  readonly claims: Claim[];
  readonly lists: readonly string[];
  isRetired(declaration: { readonly id: string; readonly retired: boolean }): boolean;
  refuse(id: string, mistakes: readonly Mistake[]): void;
}

/** The entities to which something may be added, or which may be referred to: neither retired nor declarations. */
export const extensible = ({ drafts }: Extension, o: { readonly system: boolean }): readonly string[] =>
  [...drafts.values()]
    .filter(({ base, isServed }) => isServed && (o.system ? !declares(base) : !base.system))
    .map(({ base }) => base.name);
