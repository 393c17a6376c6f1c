import { useState } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { changesOf, type Draft } from '../form/draft.ts';
import { EntityForm } from '../form/EntityForm.tsx';
import { UnsavedGuard } from '../form/UnsavedGuard.tsx';
import { useJudgement } from '../form/use-judgement.ts';
import type { SaveRecord } from './use-save-record.tsx';

/** Every field of a record at once; only what was changed is sent, over the version it was read at. */
export function EditAll({
  entity,
  record,
  save,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly record: RecordOut;
  readonly save: SaveRecord;
  readonly onDone: () => void;
}) {
  const [base] = useState(record);
  const [draft, setDraft] = useState<Draft>({});
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);

  const judgement = useJudgement(entity, base, draft);
  const typed = changesOf(base, draft);
  const isDirty = Object.keys(typed).length > 0;

  async function submit(): Promise<void> {
    const changes = judgement.sent(typed);
    if (Object.keys(changes).length === 0) return onDone();
    setBusy(true);
    setError(null);
    try {
      if (await save(base, changes, { asks: false })) onDone();
    } catch (refused) {
      setError(refused as Error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <UnsavedGuard isDirty={() => !isBusy && isDirty} />
      <EntityForm
        entity={entity}
        draft={{ ...base, ...draft }}
        changes={typed}
        judgement={judgement}
        onChange={(name, value) => setDraft((before) => ({ ...before, [name]: value }))}
        onSubmit={() => void submit()}
        onCancel={onDone}
        error={error}
        isBusy={isBusy}
        isNew={false}
        isPage={false}
      />
    </>
  );
}
