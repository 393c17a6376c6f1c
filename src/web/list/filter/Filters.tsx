import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCode, IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterBar.module.css';
import type { FiltersProps } from './filters-props.ts';

// Reading and writing filters needs the grammar: fetched when there is a filter or one is wanted.
const FilterBar = lazy(async () => ({ default: (await import('./FilterBar.tsx')).FilterBar }));

/** The filters of a list or a board, and the way to the first one. */
export function Filters(props: FiltersProps) {
  const { t } = useTranslation();
  const [start, setStart] = useState<'row' | 'text' | null>(null);
  const buttons = (
    <div className={classes.bar}>
      <Button
        size="xs"
        h={32}
        variant="default"
        leftSection={<IconFilter size={15} stroke={1.8} aria-hidden />}
        onClick={() => setStart('row')}
      >
        {t('list.filter')}
      </Button>
      <Tooltip label={t('list.asText')}>
        <ActionIcon size={32} aria-label={t('list.asText')} onClick={() => setStart('text')}>
          <IconCode size={17} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
  if (!props.where && start === null) return buttons;
  return (
    <Suspense fallback={buttons}>
      <FilterBar {...props} start={start} onEmpty={() => setStart(null)} />
    </Suspense>
  );
}
