import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCode, IconFilter, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conjunction, type FilterRow, rowsOf } from '../../../expression/rows.ts';
import { useDescription } from '../../data/describe.ts';
import classes from './FilterBar.module.css';
import { FilterChip } from './FilterChip.tsx';
import { FilterText } from './FilterText.tsx';
import { subjectsOf } from './filter-kinds.ts';
import type { FiltersProps } from './filters-props.ts';

/** The filters: a chip each, or one expression as text. Both are the same `where`. */
export function FilterBar({
  entity,
  where,
  onChange,
  error,
  start,
  onEmpty,
}: FiltersProps & {
  /** What to begin with: an open row, the text, or what is there. */
  readonly start: 'row' | 'text' | null;
  /** Nothing is filtered and nothing is being written. */
  readonly onEmpty: () => void;
}) {
  const { t } = useTranslation();
  const description = useDescription();
  const subjects = useMemo(() => subjectsOf(entity, description), [entity, description]);
  const rows = useMemo(() => rowsOf(where ?? ''), [where]);
  const [wantsText, setWantsText] = useState(start === 'text');
  const [isAdding, setAdding] = useState(start === 'row');
  const isText = wantsText || rows === null || error !== null;

  const clear = (): void => {
    onChange(undefined);
    onEmpty();
  };
  const write = (next: readonly FilterRow[]): void => onChange(conjunction(next) || undefined);

  if (isText) {
    return (
      <FilterText
        key={where ?? ''}
        where={where ?? ''}
        error={error}
        canBeRows={rows !== null && error === null}
        onApply={(text) => onChange(text.trim() || undefined)}
        onRows={() => {
          setWantsText(false);
          if (!where) onEmpty();
        }}
        onClear={() => {
          setWantsText(false);
          clear();
        }}
      />
    );
  }
  return (
    <div className={classes.bar}>
      {rows.map((row, position) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          key={position}
          subjects={subjects}
          row={row}
          onChange={(changed) => write(rows.map((other, at) => (at === position ? changed : other)))}
          onRemove={() => write(rows.filter((_, at) => at !== position))}
        />
      ))}
      {isAdding ? (
        <FilterChip
          subjects={subjects}
          row={null}
          onChange={(added) => {
            setAdding(false);
            write([...rows, added]);
          }}
          onRemove={() => {
            setAdding(false);
            if (rows.length === 0) onEmpty();
          }}
        />
      ) : (
        <Button
          size="xs"
          h={32}
          variant={rows.length === 0 ? 'default' : 'subtle'}
          color="gray"
          leftSection={<IconFilter size={15} stroke={1.8} aria-hidden />}
          onClick={() => setAdding(true)}
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
      <Tooltip label={t('list.asText')}>
        <ActionIcon size={32} aria-label={t('list.asText')} onClick={() => setWantsText(true)}>
          <IconCode size={17} stroke={1.8} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
