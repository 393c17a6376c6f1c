import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Description, EntityDescription, FieldDescription } from '../../model/description.ts';
import { api } from './api.ts';

/** The query of every entity the reader may see, in the reader's language. */
export const describeQuery = queryOptions({
  queryKey: ['describe'],
  queryFn: ({ signal }) => api.get<Description>('/describe', {}, signal),
  staleTime: 5 * 60_000,
});

/** Every entity the reader may see. */
export const useDescription = (): Description => useSuspenseQuery(describeQuery).data;

/** The entity of that singular or plural name, or undefined when there is none for the reader. */
export function useEntity(name: string): EntityDescription | undefined {
  return entityNamed(useDescription(), name);
}

/** The entity of that singular or plural name in a description. */
export const entityNamed = (description: Description, name: string): EntityDescription | undefined =>
  description.entities.find((entity) => entity.name === name || entity.plural === name);

/** The field of that name. */
export const fieldNamed = (entity: EntityDescription, name: string): FieldDescription | undefined =>
  entity.fields.find((field) => field.name === name);

/** The text that names a record to people. */
export function titleOf(entity: EntityDescription, record: Readonly<Record<string, unknown>>): string {
  const value = record[entity.title];
  if (value && typeof value === 'object') {
    const { first, middle, last, label } = value as Readonly<Record<string, string | null>>;
    return label ?? [first, middle, last].filter(Boolean).join(' ');
  }
  return value === null || value === undefined ? '' : String(value);
}

/** True of the entities whose records declare fields, relations and entities: their lists and forms are those of any entity. */
export const isDeclaring = ({ name }: EntityDescription): boolean =>
  ['custom-entity', 'custom-field', 'custom-relation'].includes(name);
