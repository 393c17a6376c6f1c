import { Button } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordOut } from '../../model/record.ts';
import { isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import classes from './ListToolbar.module.css';
import type { ListState } from './use-list-state.ts';

/** A descending order begins with empty values: offers to leave those out. */
export function EmptyFirst({
  state,
  first,
}: {
  readonly state: ListState;
  readonly first: RecordOut | undefined;
}) {
  const { t } = useTranslation();
  const name = /^-(\w+)$/.exec(state.sort)?.[1];
  const column = state.columns.find(({ field }) => field.name === name);
  if (!name || !column?.field.filterable || !first || !isEmpty(first[name])) return null;

  function leaveOut(): void {
    const { where } = state.search;
    const held = where && /\bor\b/i.test(where) ? `(${where})` : where;
    state.change({ where: [held, `${name} is not empty`].filter(Boolean).join(' and ') });
  }

  return (
    <div className={classes.hint}>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconFilter size={15} stroke={1.8} aria-hidden />}
        onClick={leaveOut}
      >
        {t('list.onlyFilled', { field: column.field.label })}
      </Button>
    </div>
  );
}
