import { quote } from '../../expression/quote.ts';
import type { Choice } from '../../fields/field-input.tsx';
import type { Description, EntityDescription } from '../../model/description.ts';
import type { Page } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { entityNamed, titleOf } from '../data/describe.ts';

interface Answer {
  readonly groups: readonly {
    readonly entity: string;
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly detail: string | null;
    }[];
  }[];
}

const each = 20;
const shortest = 2;

/** Records a reference may name: by quick search where the entity has it, else by title; people who left are left out. */
export async function findChoices(
  description: Description,
  names: readonly string[],
  text: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const entities = names
    .map((name) => entityNamed(description, name))
    .filter((entity) => entity !== undefined);
  const searched = text.length < shortest ? [] : entities.filter((entity) => entity.searchable);
  const listed = entities.filter((entity) => !searched.includes(entity));
  const found = await Promise.all([
    ...(searched.length > 0 ? [bySearch(searched, text, signal)] : []),
    ...listed.map((entity) => byTitle(entity, text, signal)),
  ]);
  return found.flat();
}

async function bySearch(
  entities: readonly EntityDescription[],
  text: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const { groups } = await api.get<Answer>(
    '/search',
    { q: text, entities: entities.map(({ name }) => name), limit: each },
    signal,
  );
  return groups.flatMap(({ entity, items }) =>
    items.map(({ id, title, detail }) => ({ entity, id, label: title, detail })),
  );
}

async function byTitle(
  entity: EntityDescription,
  text: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const isActive = entity.fields.some(({ name, type }) => name === 'active' && type === 'checkbox');
  const conditions = [
    ...(isActive ? ['active'] : []),
    ...(text ? [`${entity.title} contains ${quote(text)}`] : []),
  ];
  const { items } = await api.get<Page>(
    `/${entity.plural}`,
    {
      where: conditions.join(' and '),
      fields: [entity.title],
      sort: entity.title,
      limit: each,
      count: 'none',
    },
    signal,
  );
  return items.map((record) => ({
    entity: entity.name,
    id: record.id,
    label: titleOf(entity, record),
    detail: null,
  }));
}
