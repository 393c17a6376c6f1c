import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import type { VerbOffer, VerbResult } from '../../model/verb-offer.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { tell, tellFailure } from '../app/tell.ts';
import { tellUndoable } from '../app/tell-undoable.tsx';
import { api } from './api.ts';
import { recordKeys, recordsChanged } from './records.ts';

/**
 * What a verb would start with for a record; asked anew each time its screen is opened, and not in between: its own
 * writing, told by the live stream before the answer is here, would take the form away.
 */
export const offerQuery = (plural: string, id: string, verb: string) =>
  queryOptions({
    queryKey: ['offer', plural, id, verb],
    queryFn: ({ signal }) => api.get<VerbOffer>(`/${plural}/${encodeURIComponent(id)}/${verb}`, {}, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** What a verb is asked to do. */
interface Asked {
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether it is refused when what it makes may be there already. */
  readonly refusesDuplicates?: boolean;
}

/** Does a verb to a record, says so, and offers to take it back. */
export function useDoVerb(entity: EntityDescription, verb: VerbDescription, id: string) {
  const client = useQueryClient();
  const undo = useUndoBatch();
  return useMutation({
    mutationFn: ({ input, refusesDuplicates = false }: Asked) =>
      api.post<VerbResult>(
        `/${entity.plural}/${id}/${verb.name}${refusesDuplicates ? '?onDuplicate=refuse' : ''}`,
        input,
      ),
    onSuccess: async ({ batch, done, record }) => {
      if (record) client.setQueryData(recordKeys.one(entity.plural, id), record);
      tellUndoable(`batch-${batch}`, done, () => void undo(batch));
      await recordsChanged(client);
    },
  });
}

/** Takes back everything that was written under a batch, or says what stands in the way. */
export function useUndoBatch(): (batch: string) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async (batch) => {
    try {
      await api.post<unknown>(`/batches/${batch}/undo`, {});
      tell(t('verb.undone'));
    } catch (error) {
      tellFailure(error instanceof ApiProblem ? new Error(reasonsOf(error)) : (error as Error));
    }
    await recordsChanged(client);
  };
}

/** Why a batch can't be taken back, record by record, as the server says it. */
function reasonsOf(problem: ApiProblem): string {
  const reasons = problem.mistakes.map(({ message }) => message);
  return reasons.length > 0 ? [...new Set(reasons)].join(' ') : problem.message;
}
