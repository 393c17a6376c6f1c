import { useQuery } from '@tanstack/react-query';
import { quote } from '../../../expression/quote.ts';
import type { Page } from '../../../model/record.ts';
import { api } from '../../data/api.ts';
import { entityNamed, titleOf, useDescription } from '../../data/describe.ts';

/** The titles of records by id, of the entities that a reference may name; undefined while they are on their way. */
export function useRecordLabels(
  entities: readonly string[],
  ids: readonly string[],
): (id: string) => string | undefined {
  const description = useDescription();
  const described = entities
    .map((name) => entityNamed(description, name))
    .filter((entity) => entity !== undefined);
  const { data } = useQuery({
    queryKey: ['records', described.map(({ plural }) => plural).join(), 'labels', [...ids].sort()],
    enabled: ids.length > 0 && described.length > 0,
    queryFn: async ({ signal }) => {
      const where = `id in (${ids.map(quote).join(', ')})`;
      const found = new Map<string, string>();
      for (const entity of described) {
        const page = await api.get<Page>(
          `/${entity.plural}`,
          { where, fields: [entity.title], limit: 200, count: 'none' },
          signal,
        );
        for (const record of page.items) found.set(record.id, titleOf(entity, record));
      }
      return found;
    },
  });
  return (id) => data?.get(id);
}
