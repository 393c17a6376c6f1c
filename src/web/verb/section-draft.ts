import type { EntityDescription, FieldDescription, VerbDescription } from '../../model/description.ts';
import type { ReferenceValue } from '../../model/record.ts';
import type { VerbOffer } from '../../model/verb-offer.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { type Draft, normal } from '../form/draft.ts';

/** A section of a verb, as the server describes it. */
export type SectionDescription = VerbDescription['sections'][number];

/** What stands in one section of the form. */
export interface SectionDraft {
  readonly isWanted: boolean;
  /** A record that exists is taken instead of a new one. */
  readonly takesExisting: boolean;
  readonly existing: ReferenceValue | null;
  /** Whether what is empty in it is filled with what is offered for a new one. */
  readonly fills: boolean;
  /** The values of a new one. */
  readonly values: Draft;
}

type Offered = VerbOffer['sections'][string];

/**
 * What a section starts with: what the server offers, over the defaults of a new record; or the record that was chosen
 * before.
 */
export const startOf = (
  entity: EntityDescription,
  offered: Offered,
  defaults: Draft,
  chosen: ReferenceValue | null,
): SectionDraft => ({
  isWanted: offered.wanted || chosen !== null,
  takesExisting: chosen !== null || offered.existing !== null || !entity.can.create,
  existing: chosen ?? offered.existing,
  fills: false,
  values: { ...defaults, ...offered.values },
});

/**
 * The section with a record that exists taken. Filling was asked of the one taken before: another one may have nothing to
 * fill, or may not be changed, and then offers no way to take that back.
 */
export const taking = (draft: SectionDraft, existing: ReferenceValue | null): SectionDraft => ({
  ...draft,
  takesExisting: true,
  existing,
  fills: draft.fills && existing !== null && existing.id === draft.existing?.id,
});

/** The fields that are taken from other sections, as things stand. */
export const takenFields = (
  section: SectionDescription,
  drafts: Readonly<Record<string, SectionDraft>>,
): ReadonlySet<string> =>
  new Set(
    Object.entries(section.from)
      .filter(([, other]) => drafts[other]?.isWanted)
      .map(([field]) => field),
  );

/** What a section sends: nothing, the record that is taken, or the values of a new one, emptied ones included. */
export function sentOf(
  entity: EntityDescription,
  draft: SectionDraft,
  offered: Offered,
  taken: ReadonlySet<string>,
): Draft | null {
  if (!draft.isWanted) return null;
  if (draft.takesExisting) return { id: draft.existing?.id ?? '', ...(draft.fills ? { fill: true } : {}) };
  return Object.fromEntries(
    entity.fields
      .filter((field) => !field.readOnly && field.name in draft.values && !taken.has(field.name))
      .map((field) => [field, normal(draft.values[field.name])] as const)
      .filter(([field, value]) => value !== null || field.default !== null || field.name in offered.values)
      .map(([field, value]) => [field.name, value === null ? null : draft.values[field.name]]),
  );
}

/** The fields of a record that is taken which say nothing, and which the section could fill with what it offers. */
export const fillableFields = (
  entity: EntityDescription,
  record: Readonly<Record<string, unknown>>,
  offered: Draft,
  taken: ReadonlySet<string>,
): readonly FieldDescription[] =>
  entity.fields.filter(
    ({ name, readOnly, system }) =>
      !readOnly && !system && !taken.has(name) && isEmpty(record[name]) && !isEmpty(offered[name]),
  );

/** The fields a section's form shows: what its verb names, what is needed, filled or mistaken; or all of them. */
export function shownFields(
  entity: EntityDescription,
  section: SectionDescription,
  o: {
    readonly values: Draft;
    readonly mistaken: ReadonlySet<string>;
    readonly taken: ReadonlySet<string>;
    readonly isAll: boolean;
  },
): readonly FieldDescription[] {
  const inForm = entity.form.flatMap(({ fields }) => fields);
  const named = [...new Set([...section.fields, ...inForm])];
  return named
    .flatMap((name) => entity.fields.find((field) => field.name === name) ?? [])
    .filter((field) => !field.readOnly && !o.taken.has(field.name))
    .filter(
      (field) =>
        o.isAll ||
        section.fields.includes(field.name) ||
        field.required ||
        o.mistaken.has(field.name) ||
        // Owner and teams go along by themselves.
        (!field.system && normal(o.values[field.name]) !== null && field.type !== 'checkbox'),
    );
}

/** The part of a refusal that concerns one section, its fields named as the section knows them. */
export function problemOf(error: Error | null, section: string): ApiProblem | null {
  if (!(error instanceof ApiProblem)) return null;
  const own = error.mistakes
    .filter(({ field }) => field === section || field.startsWith(`${section}.`))
    .map((mistake) => ({ ...mistake, field: mistake.field.slice(section.length + 1) }));
  return own.length === 0 ? null : new ApiProblem(error.status, { ...error.document, mistakes: own });
}

/** What of a refusal concerns no section and no field that is shown: told above the form. */
export function otherWords(error: Error | null, places: readonly string[]): readonly string[] {
  if (!(error instanceof ApiProblem)) return [];
  const isPlaced = (field: string): boolean =>
    places.some((place) => field === place || field.startsWith(`${place}.`));
  const others = error.mistakes.filter(({ field }) => !isPlaced(field)).map(({ message }) => message);
  return error.mistakes.length === 0 ? [error.message] : [...new Set(others)];
}
