import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import classes from './Cards.module.css';
import { type ListView, toggled } from './list-view.ts';
import { useLongPress } from './use-long-press.ts';

const shownFields = 4;

/** A list on a narrow screen: a card a record, its first filled columns below the title. A long press selects. */
export function Cards(props: ListView) {
  const { entity, columns, rows, selected, onSelect, isSelecting, onEnd, isStale } = props;
  const { t } = useTranslation();
  const press = useLongPress((id) => onSelect(toggled(selected, id)));
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 104,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (last >= rows.length - 20) onEnd();
  }, [last, rows.length, onEnd]);

  return (
    <div ref={box} className={classes.box} data-stale={isStale || undefined}>
      <ul className={classes.cards} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const record = rows[index];
          if (!record) return null;
          const filled = columns.filter(
            ({ field }) => field.name !== entity.title && !isEmpty(record[field.name]),
          );
          return (
            <li
              key={record.id}
              ref={virtual.measureElement}
              data-index={index}
              className={classes.card}
              data-selected={selected.has(record.id) || undefined}
              style={{ transform: `translateY(${start}px)` }}
              {...press(record.id)}
            >
              {isSelecting ? (
                <Checkbox
                  className={classes.pick}
                  classNames={{ label: classes.title ?? '' }}
                  aria-label={`${t('list.select')}: ${titleOf(entity, record)}`}
                  label={titleOf(entity, record) || '–'}
                  checked={selected.has(record.id)}
                  onChange={() => onSelect(toggled(selected, record.id))}
                />
              ) : (
                <AppLink to={paths.record(entity.plural, record.id)} className={classes.title}>
                  {titleOf(entity, record) || '–'}
                </AppLink>
              )}
              <dl className={classes.fields}>
                {filled.slice(0, shownFields).map(({ field }) => (
                  <div key={field.name}>
                    <dt>{field.label}</dt>
                    <dd>
                      <FieldCell field={field} value={record[field.name]} record={record} />
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
