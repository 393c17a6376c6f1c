import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPencil, IconTrash, IconUserShare, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription, VerbDescription } from '../../model/description.ts';
import { useConfirm } from '../app/confirm.tsx';
import { entityIcon } from '../app/icons.ts';
import { tellFailure } from '../app/tell.ts';
import { useBulk } from './bulk-data.ts';
import { ChangeDialog, commonFields } from './ChangeDialog.tsx';
import { type Chosen, namedBy } from './chosen.ts';
import { VerbDialog } from './VerbDialog.tsx';

type Asking = { readonly fields: readonly string[]; readonly title: string } | VerbDescription;

/** What can be done to many records at once, as far as the reader may: a button each. */
export function BulkActions({
  entity,
  chosen,
  isBin,
  mayRemove,
  onDone,
}: {
  readonly entity: EntityDescription;
  readonly chosen: Chosen;
  readonly isBin: boolean;
  /** False when none of them may be removed, or restored. */
  readonly mayRemove: boolean;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { locale } = useFieldView();
  const confirm = useConfirm();
  const bulk = useBulk(entity);
  const [asking, setAsking] = useState<Asking | null>(null);
  const names = commonFields(entity).map(({ name }) => name);
  const isNone = chosen.count === 0;
  const begin = (verb: 'remove' | 'restore'): void =>
    bulk.mutate({ ...namedBy(chosen), verb }, { onSuccess: onDone, onError: tellFailure });

  function askToRemove(): void {
    const { count } = chosen;
    confirm({
      title:
        count === null
          ? t('bulk.removeAllTitle', { entity: entity.label.many })
          : t('list.removeTitle', { count, n: formatDecimal(locale, count) }),
      words: t('list.removeWords'),
      label: t('common.remove'),
      onConfirm: () => begin('remove'),
    });
  }

  if (isBin)
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowBackUp size={16} />}
        onClick={() => begin('restore')}
        disabled={isNone || !mayRemove}
        loading={bulk.isPending}
      >
        {t('common.restore')}
      </Button>
    );
  const change = (fields: readonly string[], title: string): void => setAsking({ fields, title });
  return (
    <>
      {entity.can.update && names.length > 0 ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={16} />}
          disabled={isNone}
          onClick={() => change([], t('bulk.changeTitle', { entity: entity.label.many }))}
        >
          {t('bulk.change')}
        </Button>
      ) : null}
      {entity.can.update && names.includes('owner') ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUserShare size={16} />}
          disabled={isNone}
          onClick={() => change(['owner'], t('bulk.assignTitle', { entity: entity.label.many }))}
        >
          {t('bulk.assign')}
        </Button>
      ) : null}
      {entity.can.update && names.includes('teams') ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUsersGroup size={16} />}
          disabled={isNone}
          onClick={() => change(['teams'], t('bulk.teamsTitle', { entity: entity.label.many }))}
        >
          {t('bulk.teams')}
        </Button>
      ) : null}
      {entity.verbs.map((verb) => {
        const Picture = entityIcon(verb.icon);
        return (
          <Button
            key={verb.name}
            size="xs"
            variant="default"
            leftSection={<Picture size={16} aria-hidden />}
            disabled={isNone}
            onClick={() => setAsking(verb)}
          >
            {verb.label}
          </Button>
        );
      })}
      {entity.can.remove ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} />}
          onClick={askToRemove}
          disabled={isNone || !mayRemove}
          loading={bulk.isPending}
        >
          {t('common.remove')}
        </Button>
      ) : null}
      {asking && 'sections' in asking ? (
        <VerbDialog
          entity={entity}
          chosen={chosen}
          verb={asking}
          onDone={onDone}
          onClose={() => setAsking(null)}
        />
      ) : asking ? (
        <ChangeDialog
          entity={entity}
          chosen={chosen}
          fields={asking.fields}
          title={asking.title}
          onDone={onDone}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}
