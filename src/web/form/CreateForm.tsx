import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../fields/day-text.browser.ts';
import { useFieldView } from '../../fields/field-view.tsx';
import type { EntityDescription } from '../../model/description.ts';
import type { Duplicate } from '../../model/duplicate.ts';
import type { RecordOut } from '../../model/record.ts';
import { useMe } from '../data/me.ts';
import { useCreateRecord } from '../data/records.ts';
import { DuplicateHints, type HintAct } from '../duplicates/DuplicateHints.tsx';
import { namingField } from '../duplicates/naming-field.ts';
import { duplicatesOf, useDuplicates } from '../duplicates/use-duplicates.ts';
import { changesOf, creationOf, type Draft } from './draft.ts';
import { EntityForm } from './EntityForm.tsx';
import { newDraft } from './new-draft.ts';
import { UnsavedGuard } from './UnsavedGuard.tsx';
import { useJudgement } from './use-judgement.ts';

/** The form of a new record; what was typed stays until it is saved or given up. */
export function CreateForm({
  entity,
  prefill,
  onCreated,
  onCancel,
  onUse,
  isPage = false,
}: {
  readonly entity: EntityDescription;
  readonly prefill: Draft;
  readonly onCreated: (record: RecordOut) => void;
  readonly onCancel: () => void;
  /** Takes a record that is there already instead. */
  readonly onUse?: (record: Duplicate) => void;
  /** On a page of its own leaving asks first. */
  readonly isPage?: boolean;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const { timeZone } = useFieldView();
  const start = useMemo(
    () => newDraft(entity, me, todayIn(timeZone), prefill),
    [entity, me, timeZone, prefill],
  );
  const [draft, setDraft] = useState(start);
  const isDone = useRef(false);
  const [refused, setRefused] = useState<{
    readonly draft: Draft;
    readonly found: readonly Duplicate[];
  } | null>(null);
  const alike = useDuplicates(entity, draft);
  const duplicates = alike.length === 0 && refused?.draft === draft ? refused.found : alike;
  // Once records like it are shown, who creates it means it.
  const isThere = duplicates.length > 0;
  const isCompared = entity.duplicateFields.length > 0;
  const create = useCreateRecord(entity, { refusesDuplicates: isCompared && !isThere });
  const found = duplicatesOf(create.error);
  const judgement = useJudgement(entity, null, draft);
  const changes = changesOf(start, draft);
  const isDirty = Object.keys(changes).length > 0;
  const change = (name: string, value: unknown): void => setDraft((before) => ({ ...before, [name]: value }));
  const actOf = (found: Duplicate): HintAct | null => {
    const params = { title: found.label ?? '–' };
    if (found.entity === entity.name)
      return onUse ? { label: t('verb.use'), name: t('verb.useOne', params), act: () => onUse(found) } : null;
    const named = namingField(entity, found.entity);
    if (!named) return null;
    const more = { ...params, field: named.label };
    const act = (): void => change(named.name, { id: found.id, label: found.label });
    return { label: t('duplicates.setAs', more), name: t('duplicates.setAsOne', more), act };
  };

  return (
    <>
      {isPage ? <UnsavedGuard isDirty={() => !isDone.current && isDirty} /> : null}
      <EntityForm
        entity={entity}
        draft={draft}
        changes={changes}
        judgement={judgement}
        onChange={change}
        error={found ? null : create.error}
        isBusy={create.isPending}
        isNew
        hint={<DuplicateHints duplicates={duplicates} actOf={actOf} />}
        submit={isThere ? t('duplicates.createAnyway') : undefined}
        isPage={isPage}
        onCancel={onCancel}
        onSubmit={() =>
          create.mutate(judgement.sent(creationOf(entity, draft)), {
            onSuccess: (record) => {
              isDone.current = true;
              onCreated(record);
            },
            onError: (error) => setRefused({ draft, found: duplicatesOf(error) ?? [] }),
          })
        }
      />
    </>
  );
}
