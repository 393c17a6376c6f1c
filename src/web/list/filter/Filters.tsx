import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterFace } from '../../expression/FilterDialog.tsx';
import classes from './FilterBar.module.css';
import type { FiltersProps } from './filters-props.ts';

// Reading and writing filters needs the grammar, and the editor more: each is fetched when it is wanted.
const FilterBar = lazy(async () => ({ default: (await import('./FilterBar.tsx')).FilterBar }));
const FilterDialog = lazy(async () => ({
  default: (await import('../../expression/FilterDialog.tsx')).FilterDialog,
}));

/** The filters of a list or a board, the way to the first one, and to all that an expression can say. */
export function Filters(props: FiltersProps) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [face, setFace] = useState<FilterFace | null>(null);
  const open = (): void => setFace(props.error ? 'text' : 'rows');
  const first = (
    <Button
      size="xs"
      h={32}
      variant="default"
      leftSection={<IconFilter size={15} stroke={1.8} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('list.filter')}
    </Button>
  );
  return (
    <div className={classes.filters}>
      {props.where || isAdding ? (
        <Suspense fallback={first}>
          <FilterBar {...props} isAdding={isAdding} onAdding={setAdding} onAdvanced={open} />
        </Suspense>
      ) : (
        first
      )}
      <Tooltip label={t('expression.advancedFilter')}>
        <ActionIcon
          size={32}
          aria-label={t('expression.advancedFilter')}
          aria-haspopup="dialog"
          onClick={open}
        >
          <IconAdjustmentsHorizontal size={17} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {face ? (
        <Suspense fallback={null}>
          <FilterDialog
            entity={props.entity}
            where={props.where ?? ''}
            start={face}
            onClose={() => setFace(null)}
            onApply={(where) => {
              setFace(null);
              setAdding(false);
              props.onChange(where || undefined);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
