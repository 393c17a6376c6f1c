import { Button } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import { mostMerged } from '../../model/merge.ts';
import type { RecordOut } from '../../model/record.ts';
import { mergePlace } from './merge-search.ts';

/** Leads from a few selected records to the screen on which they become one; nothing where the reader merges none. */
export function MergeButton({
  entity,
  selected,
}: {
  readonly entity: EntityDescription;
  readonly selected: readonly RecordOut[];
}) {
  const { t } = useTranslation();
  const router = useRouter();
  if (!entity.mergeable || selected.length < 2) return null;
  const isFew = selected.length <= mostMerged;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconArrowMerge size={16} aria-hidden />}
      disabled={!isFew}
      title={isFew ? undefined : t('merge.onlyFew', { max: mostMerged })}
      onClick={() =>
        void router.navigate(
          mergePlace(
            entity.plural,
            selected.map(({ id }) => id),
          ),
        )
      }
    >
      {t('merge.offer')}
    </Button>
  );
}
