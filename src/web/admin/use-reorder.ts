import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../data/api.ts';
import { describeQuery } from '../data/describe.ts';
import { recordsChanged } from '../data/records.ts';
import type { ListValue } from './admin-queries.ts';

/** Moves a value of a list to another place; positions are written anew, ten apart, all or none. */
export function useReorder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      values,
      from,
      to,
    }: {
      readonly values: readonly ListValue[];
      readonly from: number;
      readonly to: number;
    }) => {
      const moved = values.filter((_, position) => position !== from);
      const value = values[from];
      if (value) moved.splice(to, 0, value);
      const changes = moved.flatMap(({ id, version, position: before }, place) => {
        const position = (place + 1) * 10;
        return position === before ? [] : [{ id, version, position }];
      });
      return api.patch<unknown>('/base-values', changes);
    },
    onSettled: async () => {
      await recordsChanged(client);
      await client.invalidateQueries({ queryKey: describeQuery.queryKey });
    },
  });
}
