import type { ImportSet } from '../../model/import.ts';

/** The steps of an import, in order. */
export const importSteps = ['file', 'columns', 'check', 'run'] as const;

/** One of `importSteps`. */
export type ImportStep = (typeof importSteps)[number];

/** The step an import stands at; `wanted` (from the address) leads back to the columns as long as they may change. */
export function stepOf(set: Pick<ImportSet, 'state' | 'can'>, wanted?: string): ImportStep {
  switch (set.state) {
    case 'draft':
      return 'columns';
    case 'checking':
      return 'check';
    case 'checked':
      return wanted === 'columns' && set.can.map ? 'columns' : 'check';
    case 'failed':
    case 'cancelled':
      if (set.can.undo) return 'run';
      return wanted === 'columns' && set.can.map ? 'columns' : 'check';
    default:
      return 'run';
  }
}
