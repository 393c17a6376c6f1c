import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { changesOf, type Draft } from '../form/draft.ts';
import { EntityForm } from '../form/EntityForm.tsx';
import { UnsavedGuard } from '../form/UnsavedGuard.tsx';
import { useJudgement } from '../form/use-judgement.ts';
import type { SaveRecord } from './use-save-record.tsx';

/** Who changed a record last, as far as the reader may know. */
const authorOf = (record: RecordOut): string | null =>
  (record['updatedBy'] as { readonly label?: string | null } | null)?.label ?? null;

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
  const { t } = useTranslation();
  const [base] = useState(record);
  const [shown, setShown] = useState(record);
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
      {record.version > shown.version ? (
        <Notice
          kind="info"
          action={
            <Button size="xs" variant="default" onClick={() => setShown(record)}>
              {t('record.changedMeanwhile.show')}
            </Button>
          }
        >
          {t('record.changedMeanwhile.words', { who: authorOf(record) ?? t('record.history.someone') })}
        </Notice>
      ) : null}
      <EntityForm
        entity={entity}
        draft={{ ...shown, ...draft }}
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
