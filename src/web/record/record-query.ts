import { queryOptions } from '@tanstack/react-query';
import type { RecordOut } from '../../model/record.ts';
import { api } from '../data/api.ts';
import { recordKeys } from '../data/records.ts';

/** One record, also when it is in the bin. */
export const recordPageQuery = (plural: string, id: string) =>
  queryOptions({
    queryKey: recordKeys.one(plural, id),
    queryFn: ({ signal }) =>
      api.get<RecordOut>(`/${plural}/${encodeURIComponent(id)}`, { removed: true }, signal),
  });
