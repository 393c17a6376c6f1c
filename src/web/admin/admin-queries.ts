import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Page, RecordOut, ReferenceValue } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { describeQuery } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';

/** A person who signs in. */
export interface User extends RecordOut {
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly locale: string;
  readonly roles: readonly ReferenceValue[];
  readonly memberOf: readonly ReferenceValue[];
}

/** A team or a role. */
export interface Named extends RecordOut {
  readonly name: string;
}

/** A role; code names its rights, name is what an administrator calls it. */
export interface Role extends Named {
  readonly code: string;
}

/** A value of a base-value list. */
export interface ListValue extends RecordOut {
  readonly list: string;
  readonly code: string;
  readonly labelEn: string;
  readonly labelFr: string | null;
  readonly labelEs: string | null;
  readonly position: number;
  readonly active: boolean;
  readonly class: string | null;
  readonly probability: string | null;
  readonly color: string | null;
}

/** A validation rule as an administrator keeps it. */
export interface StoredRule extends RecordOut {
  readonly name: string;
  readonly entity: string;
  readonly wrongWhen: string;
  readonly field: string;
  readonly messageEn: string;
  readonly messageFr: string | null;
  readonly messageEs: string | null;
  readonly active: boolean;
  readonly position: number;
}

/** All records of a small entity. */
export const wholeQuery = <T extends RecordOut>(plural: string, sort: string, where?: string) =>
  queryOptions({
    queryKey: ['records', plural, 'whole', sort, where ?? ''],
    queryFn: async ({ signal }) => {
      const items: T[] = [];
      let after: string | null = null;
      do {
        const page: Page<T> = await api.get<Page<T>>(
          `/${plural}`,
          { sort, where, after, limit: 200 },
          signal,
        );
        items.push(...page.items);
        after = page.next;
      } while (after !== null);
      return items;
    },
  });

/** Saves a record of a small entity: creates it without an id, else changes what is given. */
export function useSave(plural: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      ...values
    }: {
      readonly id?: string | undefined;
      readonly [field: string]: unknown;
    }) => (id ? api.patch<RecordOut>(`/${plural}/${id}`, values) : api.post<RecordOut>(`/${plural}`, values)),
    onSuccess: async () => {
      await recordsChanged(client);
      await client.invalidateQueries({ queryKey: describeQuery.queryKey });
    },
  });
}
