import { Popover, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilterRow, writtenRow } from '../../../expression/rows.ts';
import { AdvancedChip } from './AdvancedChip.tsx';
import classes from './FilterBar.module.css';
import { FilterEditor } from './FilterEditor.tsx';
import { FilterValue } from './FilterValue.tsx';
import { operatorKey, operatorsOf, type Subject } from './filter-kinds.ts';
import { draftOfRow } from './filter-value.ts';

/** One filter as a chip that opens to be changed; without a row yet, it is open to be written. */
export function FilterChip({
  subjects,
  row,
  onChange,
  onRemove,
  onAdvanced,
}: {
  readonly subjects: readonly Subject[];
  readonly row: FilterRow | null;
  readonly onChange: (row: FilterRow) => void;
  readonly onRemove: () => void;
  /** Opens what can show every expression. */
  readonly onAdvanced: () => void;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(row === null);
  const subject = row ? (subjects.find(({ path }) => path === row.path) ?? null) : null;
  const draft = row && subject ? draftOfRow(subject, row, operatorsOf(subject.kind)) : null;

  const close = (): void => {
    setOpen(false);
    if (row === null) onRemove();
  };

  const latestClose = useRef(close);
  useEffect(() => {
    latestClose.current = close;
  });

  // A calendar opened from the editor stands outside of it in the page, yet belongs to it.
  useEffect(() => {
    if (!isOpen) return undefined;
    const pressed = ({ target }: MouseEvent): void => {
      const isOwn =
        target instanceof Element && target.closest('.mantine-Popover-dropdown, [data-filter-chip]');
      if (!isOwn) latestClose.current();
    };
    document.addEventListener('mousedown', pressed);
    return () => document.removeEventListener('mousedown', pressed);
  }, [isOpen]);

  if (row && !draft) return <AdvancedChip text={writtenRow(row)} onOpen={onAdvanced} onRemove={onRemove} />;
  return (
    <Popover
      closeOnClickOutside={false}
      opened={isOpen}
      onChange={(open) => (open ? setOpen(true) : close())}
      position="bottom-start"
      width={352}
      trapFocus
    >
      <span className={classes.chip} data-filter-chip>
        <Popover.Target>
          <UnstyledButton className={classes.chipOpen} onClick={() => (isOpen ? close() : setOpen(true))}>
            {row === null ? (
              t('list.addFilter')
            ) : subject && draft ? (
              <>
                <span>{subject.label}</span>
                <span className={classes.chipOp}>{t(operatorKey(draft.choice, subject.kind))}</span>
                <FilterValue subject={subject} draft={draft} />
              </>
            ) : (
              row.path
            )}
          </UnstyledButton>
        </Popover.Target>
        <UnstyledButton className={classes.chipClose} aria-label={t('list.removeFilter')} onClick={onRemove}>
          <IconX size={14} stroke={2} aria-hidden />
        </UnstyledButton>
      </span>
      <Popover.Dropdown>
        <FilterEditor
          subjects={subjects}
          subject={subject}
          draft={draft}
          onApply={(changed) => {
            setOpen(false);
            onChange(changed);
          }}
          onCancel={close}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
