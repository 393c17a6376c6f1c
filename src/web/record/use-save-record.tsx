import { type ReactNode, useCallback, useState } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { ApiProblem } from '../../web-kit/api/problem.ts';
import { api } from '../data/api.ts';
import { useUpdateRecord } from '../data/records.ts';
import type { Draft } from '../form/draft.ts';
import { mistakenFields } from '../form/mistakes.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { type Conflict, conflictsOf } from './conflict.ts';
import { NeedsDialog } from './NeedsDialog.tsx';

/**
 * Saves fields of a record over the version they were read at. Answers the saved record, or null when the person
 * gave up in a dialog; throws what no dialog can settle.
 */
export type SaveRecord = (
  base: RecordOut,
  values: Draft,
  o?: { readonly asks?: boolean },
) => Promise<RecordOut | null>;

type Question =
  | {
      readonly kind: 'conflict';
      readonly current: RecordOut;
      readonly yours: Draft;
      readonly conflicts: readonly Conflict[];
      readonly answer: (chosen: Draft | null) => void;
    }
  | {
      readonly kind: 'needs';
      readonly base: RecordOut;
      readonly values: Draft;
      readonly problem: ApiProblem;
      readonly answer: (values: Draft | null) => void;
    };

/** Saving with both values shown on a conflict, and a dialog for what else the change needs. */
export function useSaveRecord(entity: EntityDescription): {
  readonly save: SaveRecord;
  readonly dialogs: ReactNode;
} {
  const { mutateAsync } = useUpdateRecord(entity);
  const [question, setQuestion] = useState<Question | null>(null);

  const save = useCallback<SaveRecord>(
    async (base, given, { asks = true } = {}) => {
      const ask = (make: (answer: (values: Draft | null) => void) => Question): Promise<Draft | null> =>
        new Promise((resolve) => {
          setQuestion(
            make((values) => {
              setQuestion(null);
              resolve(values);
            }),
          );
        });
      let { version } = base;
      let values = given;
      for (;;) {
        try {
          return await mutateAsync({ id: base.id, version, values });
        } catch (error) {
          if (!(error instanceof ApiProblem)) throw error;
          const conflicts = conflictsOf(error);
          if (conflicts.length > 0) {
            const current = await api.get<RecordOut>(`/${entity.plural}/${base.id}`);
            const yours = values;
            const chosen = await ask((answer) => ({ kind: 'conflict', current, yours, conflicts, answer }));
            if (!chosen) return null;
            const settled = new Set(conflicts.map(({ field }) => field));
            values = {
              ...Object.fromEntries(Object.entries(values).filter(([name]) => !settled.has(name))),
              ...chosen,
            };
            if (Object.keys(values).length === 0) return current;
            version = current.version;
            continue;
          }
          const asked = mistakenFields(error).filter((name) => isAskable(entity, name));
          const isElsewhere = asked.some((name) => !(name in given));
          if (!asks || asked.length === 0 || !isElsewhere) throw error;
          const tried = values;
          const more = await ask((answer) => ({
            kind: 'needs',
            base,
            values: tried,
            problem: error,
            answer,
          }));
          if (!more) return null;
          values = { ...values, ...more };
        }
      }
    },
    [entity, mutateAsync],
  );

  const dialogs =
    question?.kind === 'conflict' ? (
      <ConflictDialog {...question} entity={entity} onDone={question.answer} />
    ) : question?.kind === 'needs' ? (
      <NeedsDialog {...question} entity={entity} onDone={question.answer} />
    ) : null;
  return { save, dialogs };
}

const isAskable = (entity: EntityDescription, name: string): boolean =>
  entity.fields.some((field) => field.name === name && !field.readOnly);
