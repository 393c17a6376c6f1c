import { draggable } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toneStyle } from '../../fields/value-badge.tsx';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { FieldCell, isEmpty } from '../../web-kit/fields/FieldCell.tsx';
import { AppLink } from '../app/AppLink.tsx';
import { paths } from '../app/paths.ts';
import { titleOf } from '../data/describe.ts';
import { type BoardColumn, cardFields } from './board-columns.ts';
import classes from './Card.module.css';
import { cardKey } from './card-keys.ts';
import { cardId, hintId, useLift } from './lift.tsx';

/** A record on a board: dragged, lifted by the keyboard, or moved by its menu. */
export function Card({
  entity,
  board,
  record,
  columns,
  onMove,
}: {
  readonly entity: EntityDescription;
  readonly board: NonNullable<EntityDescription['board']>;
  readonly record: RecordOut;
  readonly columns: readonly BoardColumn[];
  readonly onMove: (record: RecordOut, to: string | null) => Promise<void>;
}) {
  const { t } = useTranslation();
  const router = useRouter();
  const lift = useLift();
  const element = useRef<HTMLElement>(null);
  const [isDragged, setDragged] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isLifted = lift.id === record.id;
  const title = titleOf(entity, record) || '–';
  const mayMove = record.can.update;

  useEffect(() => {
    const card = element.current;
    if (!card || !mayMove) return undefined;
    return draggable({
      element: card,
      getInitialData: () => ({ entity: entity.name, record }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [entity.name, record, mayMove]);

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget) return;
    if (lift.pressed(event, record)) {
      event.preventDefault();
      return;
    }
    if (isLifted) return;
    const key = cardKey(event, event.currentTarget);
    if (!key) return;
    event.preventDefault();
    if (key === 'open') void router.navigate({ to: paths.record(entity.plural, record.id) as '/' });
    else if (key === 'menu') setMenuOpen(mayMove);
    else key.focus();
  }

  return (
    <li className={classes.item}>
      <article
        ref={element}
        id={cardId(record.id)}
        className={classes.card}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a card takes the keyboard as a whole, to be lifted
        tabIndex={0}
        aria-label={title}
        aria-describedby={mayMove ? hintId : undefined}
        aria-keyshortcuts="Space Enter M"
        data-card
        data-dragged={isDragged || undefined}
        data-lifted={isLifted || undefined}
        data-may={mayMove || undefined}
        onKeyDown={pressed}
      >
        <div className={classes.head}>
          <AppLink
            to={paths.record(entity.plural, record.id)}
            className={classes.title}
            tabIndex={-1}
            draggable={false}
          >
            {title}
          </AppLink>
          {mayMove ? (
            <Menu
              opened={isMenuOpen}
              onChange={setMenuOpen}
              position="bottom-end"
              portalProps={{ target: '#main' }}
            >
              <Menu.Target>
                <ActionIcon
                  size={24}
                  className={classes.menu ?? ''}
                  aria-label={t('board.moveOne', { title })}
                >
                  <IconDots size={16} stroke={1.7} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{t('board.move')}</Menu.Label>
                {columns
                  .filter((column) => column.takesCards && column.code !== (record[board.by] ?? null))
                  .map((column) => (
                    <Menu.Item
                      key={column.code ?? ''}
                      leftSection={<span className="r-tone-dot" style={toneStyle(column.color)} />}
                      onClick={() => void onMove(record, column.code)}
                    >
                      {column.label}
                    </Menu.Item>
                  ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </div>
        <dl className={classes.fields}>
          {cardFields(entity)
            .filter((field) => !isEmpty(record[field.name]))
            .map((field) => (
              <div key={field.name} data-type={field.type}>
                <dt className="r-hidden">{field.label}</dt>
                <dd title={field.label}>
                  <FieldCell field={field} value={record[field.name]} record={record} />
                </dd>
              </div>
            ))}
        </dl>
      </article>
    </li>
  );
}
