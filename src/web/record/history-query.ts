import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Door, Verb } from '../../model/event.ts';
import type { Page, ReferenceValue } from '../../model/record.ts';
import { api } from '../data/api.ts';

/** A field's former and new value in one write. */
export interface FieldChange {
  readonly field: string;
  readonly label: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Of codes: what people call them. */
  readonly beforeLabel: string | null;
  readonly afterLabel: string | null;
}

/** One write of a record's life. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  /** Null: the system. */
  readonly actor: ReferenceValue | null;
  readonly door: Door;
  readonly verb: Verb;
  readonly version: number;
  readonly changes: readonly FieldChange[];
}

/** What happened to a record, the newest first, some at a time. */
export const historyQuery = (plural: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['records', plural, 'history', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HistoryEntry>>(`/${plural}/${id}/history`, { limit: 20, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
