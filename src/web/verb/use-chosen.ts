import { useQueries } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { isId } from '../../lib/ids.ts';
import type { VerbDescription } from '../../model/description.ts';
import type { ReferenceValue } from '../../model/record.ts';
import { entityNamed, titleOf, useDescription } from '../data/describe.ts';
import { recordQuery } from '../data/records.ts';

/**
 * Records that the address of a verb's screen chooses for its sections: `?contact=<id>`; null until they are read. One
 * that isn't there, or may not be seen, is left out.
 */
export function useChosen(verb: VerbDescription): Readonly<Record<string, ReferenceValue>> | null {
  const description = useDescription();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const asked = verb.sections.flatMap((section) => {
    const id = search[section.name];
    const entity = entityNamed(description, section.entity);
    return section.takesExisting && entity && typeof id === 'string' && isId(id)
      ? [{ name: section.name, entity, id }]
      : [];
  });
  const read = useQueries({
    queries: asked.map(({ entity, id }) => ({ ...recordQuery(entity.plural, id), retry: false })),
  });
  const told = read.some(({ isPending }) => isPending)
    ? null
    : JSON.stringify(
        asked.flatMap(({ name, entity }, place) => {
          const record = read[place]?.data;
          return record ? [[name, { id: record.id, label: titleOf(entity, record) }]] : [];
        }),
      );
  // The same object until something else is chosen, so that what was typed stays.
  return useMemo(
    () =>
      told === null
        ? null
        : Object.fromEntries(JSON.parse(told) as readonly (readonly [string, ReferenceValue])[]),
    [told],
  );
}
