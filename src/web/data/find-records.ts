import { quote } from '../../expression/quote.ts';
import type { Choice } from '../../fields/field-input.tsx';
import type { Description } from '../../model/description.ts';
import type { Page } from '../../model/record.ts';
import { api } from './api.ts';
import { entityNamed, titleOf } from './describe.ts';

const each = 20;

/** Records of these entities whose title holds the words typed; an empty text gives the first by title. */
export async function findRecords(
  description: Description,
  entities: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const found = await Promise.all(
    entities.map(async (name) => {
      const entity = entityNamed(description, name);
      if (!entity) return [];
      const where = text ? `${entity.title} contains ${quote(text)}` : undefined;
      const page = await api.get<Page>(
        `/${entity.plural}`,
        { where, fields: [entity.title], sort: entity.title, limit: each, count: 'none' },
        signal,
      );
      return page.items.map(
        (record): Choice => ({
          entity: entity.name,
          id: record.id,
          label: titleOf(entity, record),
          detail: null,
        }),
      );
    }),
  );
  return found.flat();
}
