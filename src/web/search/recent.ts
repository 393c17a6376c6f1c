import { useQuery } from '@tanstack/react-query';
import { quote } from '../../expression/quote.ts';
import type { Page } from '../../model/record.ts';
import { workspace } from '../app/workspace.ts';
import { api } from '../data/api.ts';
import { entityNamed, titleOf, useDescription } from '../data/describe.ts';
import type { Hit } from './hit.ts';

/** A record that somebody looked at. */
interface Seen {
  readonly entity: string;
  readonly id: string;
}

const most = 8;
const keyOf = (user: string): string => `rapport-recent:${workspace}:${user}`;

/** The records that this person looked at last in this browser, the latest first. */
function readRecent(user: string): readonly Seen[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]');
    return Array.isArray(stored) ? (stored as readonly Seen[]).slice(0, most) : [];
  } catch {
    return []; // unreadable or forbidden storage
  }
}

/** Notes that a record was looked at; only its id is kept, so that what it is called is asked anew. */
export function noteSeen(user: string, { entity, id }: Seen): void {
  try {
    const others = readRecent(user).filter((seen) => seen.id !== id);
    localStorage.setItem(keyOf(user), JSON.stringify([{ entity, id }, ...others].slice(0, most)));
  } catch {
    // A full or forbidden storage forgets what was looked at, nothing else.
  }
}

/** The records looked at last, as far as they are there and the reader may still see them. */
export function useRecent(user: string, isOpen: boolean): readonly Hit[] {
  const description = useDescription();
  const { data } = useQuery({
    queryKey: ['recent', user, isOpen ? readRecent(user) : []],
    enabled: isOpen,
    queryFn: async ({ signal }) => {
      const seen = readRecent(user);
      const found = new Map<string, Hit>();
      await Promise.all(
        [...Map.groupBy(seen, ({ entity }) => entity)].map(async ([name, records]) => {
          const entity = entityNamed(description, name);
          if (!entity) return;
          const where = `id in (${records.map(({ id }) => quote(id)).join(', ')})`;
          const query = { where, fields: [entity.title], limit: most, count: 'none' };
          const { items } = await api.get<Page>(`/${entity.plural}`, query, signal);
          for (const record of items)
            found.set(record.id, {
              entity,
              id: record.id,
              title: titleOf(entity, record),
              detail: entity.label.one,
              near: false,
              marks: [],
              match: null,
            });
        }),
      );
      return seen.flatMap(({ id }) => found.get(id) ?? []);
    },
  });
  return data ?? [];
}
