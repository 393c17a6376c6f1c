import { Button } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conjunction, type FilterRow, rowsOf } from '../../../expression/rows.ts';
import { useDescription } from '../../data/describe.ts';
import { AdvancedChip } from './AdvancedChip.tsx';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';
import { FilterMistakes } from './FilterMistakes.tsx';
import { subjectsOf } from './filter-kinds.ts';
import type { FiltersProps } from './filters-props.ts';

/** The filters: a chip each, or one chip for what only the dialog can show. Both are the same `where`. */
export function FilterBar({
  entity,
  where,
  onChange,
  error,
  isAdding,
  onAdding,
  onAdvanced,
}: FiltersProps & {
  /** A new filter is being written. */
  readonly isAdding: boolean;
  readonly onAdding: (on: boolean) => void;
  readonly onAdvanced: () => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const subjects = useMemo(() => subjectsOf(entity, description), [entity, description]);
  const rows = useMemo(() => (error === null ? rowsOf(where ?? '') : null), [where, error]);
  const [cleared, setCleared] = useState(0);

  const write = (next: readonly FilterRow[]): void => onChange(conjunction(next) || undefined);
  const clear = (): void => {
    setCleared(cleared + 1);
    onAdding(false);
    onChange(undefined);
  };

  if (rows === null) {
    return (
      <div className={classes.text}>
        <div className={classes.bar}>
          <AdvancedChip text={where ?? ''} isWrong={error !== null} onOpen={onAdvanced} onRemove={clear} />
        </div>
        {error ? <FilterMistakes text={where ?? ''} error={error} onMend={onAdvanced} /> : null}
      </div>
    );
  }
  return (
    <div className={classes.bar} key={cleared}>
      {rows.map((row, position) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          key={position}
          subjects={subjects}
          row={row}
          onChange={(changed) => write(rows.map((other, at) => (at === position ? changed : other)))}
          onRemove={() => write(rows.filter((_, at) => at !== position))}
          onAdvanced={onAdvanced}
        />
      ))}
      {isAdding ? (
        <FilterChip
          subjects={subjects}
          row={null}
          onChange={(added) => {
            onAdding(false);
            write([...rows, added]);
          }}
          onRemove={() => onAdding(false)}
          onAdvanced={onAdvanced}
        />
      ) : (
        <Button
          size="xs"
          h={32}
          variant={rows.length === 0 ? 'default' : 'subtle'}
          color="gray"
          leftSection={<IconFilter size={15} stroke={1.8} aria-hidden />}
          onClick={() => onAdding(true)}
        >
          {rows.length === 0 ? t('list.filter') : t('list.addFilter')}
        </Button>
      )}
      {rows.length > 0 ? (
        <Button
          size="xs"
          h={32}
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} stroke={1.8} aria-hidden />}
          onClick={clear}
        >
          {t('list.clearFilters')}
        </Button>
      ) : null}
    </div>
  );
}
