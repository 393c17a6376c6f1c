import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { Duplicate, Duplicates } from '../../model/duplicate.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { api } from '../data/api.ts';
import { recordKeys } from '../data/records.ts';
import { type Draft, normal } from '../form/draft.ts';

/** How long typing rests before the server is asked, in milliseconds. */
const rest = 350;
const none: readonly Duplicate[] = [];

/** What a new record may be, of the refusal to create it; null of any other error. */
export function duplicatesOf(error: unknown): readonly Duplicate[] | null {
  if (!(error instanceof ApiProblem) || error.kind !== 'duplicate') return null;
  const told = error.document['duplicates'] as
    | readonly { readonly items: readonly Duplicate[] }[]
    | undefined;
  return told?.flatMap(({ items }) => items) ?? [];
}

/**
 * Records that may be the one being written, as they stand a moment after the last key; `from` is the record that it is
 * made of, which isn't one of them.
 */
export function useDuplicates(
  entity: EntityDescription,
  draft: Draft,
  { isOn = true, from }: { readonly isOn?: boolean; readonly from?: string } = {},
): readonly Duplicate[] {
  const typed = useMemo(() => {
    const filled = (names: readonly string[]) => names.filter((name) => normal(draft[name]) !== null);
    const compared = filled(entity.duplicateFields);
    // A record that is named already isn't told.
    const named = compared.length > 0 ? filled(entity.comparedWith.flatMap((each) => each.named)) : [];
    return JSON.stringify(Object.fromEntries([...compared, ...named].map((name) => [name, draft[name]])));
  }, [entity, draft]);
  const [rested] = useDebouncedValue(typed, rest);
  const isAsked = isOn && rested !== '{}';
  const { data } = useQuery({
    queryKey: [...recordKeys.all(entity.plural), 'duplicates', rested, from],
    queryFn: () =>
      api.post<Duplicates>(
        `/${entity.plural}/duplicates${from === undefined ? '' : `?from=${from}`}`,
        JSON.parse(rested) as Draft,
      ),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return isAsked ? (data?.items ?? none) : none;
}
