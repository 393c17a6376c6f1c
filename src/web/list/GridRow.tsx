// biome-ignore-all lint/a11y/useSemanticElements: rows are absolutely placed, which no <table> allows; the roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordOut } from '../../model/record.ts';
import { FieldCell } from '../../web-kit/fields/FieldCell.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import classes from './Grid.module.css';
import { type ListView, toggled } from './list-view.ts';

/** A record on one line; a click anywhere but on a link or the box opens it. */
export const GridRow = memo(function GridRow({
  entity,
  columns,
  record,
  index,
  top,
  template,
  isActive,
  isSelected,
  selected,
  onSelect,
  onOpen,
  onPoint,
}: ListView & {
  readonly record: RecordOut;
  readonly index: number;
  readonly top: number;
  readonly template: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onPoint: (index: number) => void;
}) {
  const { t } = useTranslation();
  const title = titleOf(entity, record);

  function clicked(event: React.MouseEvent): void {
    onPoint(index);
    const target = event.target as Element;
    if (target.closest('a, button, input, label')) return;
    if (window.getSelection()?.toString()) return;
    onOpen(record);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keyboard for all of its rows
    <div
      id={`row-${record.id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
      data-active={isActive || undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onClick={clicked}
    >
      <div role="gridcell" className={classes.box0}>
        <Checkbox
          tabIndex={-1}
          aria-label={`${t('list.select')}: ${title}`}
          checked={isSelected}
          onChange={() => onSelect(toggled(selected, record.id))}
        />
      </div>
      {columns.map(({ field, isFigure }) => (
        <div key={field.name} role="gridcell" className={classes.cell} data-figure={isFigure || undefined}>
          {field.name === entity.title ? (
            <AppLink to={paths.record(entity.plural, record.id)} className={classes.title} tabIndex={-1}>
              {title || '–'}
            </AppLink>
          ) : (
            <FieldCell field={field} value={record[field.name]} record={record} isBare />
          )}
        </div>
      ))}
    </div>
  );
});
