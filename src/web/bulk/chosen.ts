import type { BulkOrder } from '../../model/bulk.ts';

/** The records that something is to be done to: those ticked, or all that match what the list shows. */
export type Chosen =
  | { readonly ids: readonly string[]; readonly count: number }
  | {
      readonly where: string;
      /** Null where they are too many to be counted unasked. */
      readonly count: number | null;
    };

/** How an order names them. */
export const namedBy = (chosen: Chosen): Pick<BulkOrder, 'ids' | 'where'> =>
  'ids' in chosen ? { ids: chosen.ids } : { where: chosen.where };
