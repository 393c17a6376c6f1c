import type { ReferenceValue } from '../../model/record.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';

/** A field that somebody else changed since it was read. */
export interface Conflict {
  readonly field: string;
  readonly by: ReferenceValue | null;
  readonly at: string;
}

/** The fields a save was refused for because others changed them; none when it was refused for something else. */
export function conflictsOf(error: unknown): readonly Conflict[] {
  if (!(error instanceof ApiProblem) || error.kind !== 'conflict') return [];
  const { conflicts } = error.document;
  return Array.isArray(conflicts) ? (conflicts as readonly Conflict[]) : [];
}
