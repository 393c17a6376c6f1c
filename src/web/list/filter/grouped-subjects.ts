import type { Subject } from './filter-kinds.ts';

/** The fields to choose from: the entity's own, then those of what it refers to, under the reference's name. */
export function groupedSubjects(subjects: readonly Subject[]) {
  const of = (wanted: string | null) =>
    subjects.filter(({ group }) => group === wanted).map(({ path: value, label }) => ({ value, label }));
  const groups = [...new Set(subjects.map(({ group }) => group))].filter((group) => group !== null);
  return [...of(null), ...groups.map((group) => ({ group, items: of(group) }))];
}
