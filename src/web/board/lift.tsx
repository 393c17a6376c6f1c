import { createContext, type KeyboardEvent, type ReactNode, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { titleOf } from '../data/describe.ts';
import type { BoardColumn } from './board-columns.ts';

interface Lift {
  /** The card held by the keyboard. */
  readonly id: string | null;
  /** The column it would be dropped in; undefined while none is lifted. */
  readonly over: string | null | undefined;
  /** What a key means on a card that has the focus; true when it meant something. */
  readonly pressed: (event: KeyboardEvent, record: RecordOut) => boolean;
}

const Context = createContext<Lift | null>(null);

/** Whether cards are lifted by the keyboard, and what keys do to them. */
export function useLift(): Lift {
  const lift = useContext(Context);
  if (!lift) throw new Error('a card is shown outside of a board');
  return lift;
}

/** The element of a card, to move the focus to. */
export const cardId = (id: string): string => `card-${id}`;

/** The words that tell what the keyboard does on a card. */
export const hintId = 'board-keys';

/** Lets the keyboard lift a card with Space, choose a column by arrows and drop it with Enter. */
export function LiftProvider({
  entity,
  by,
  columns,
  onMove,
  say,
  children,
}: {
  readonly entity: EntityDescription;
  readonly by: string;
  readonly columns: readonly BoardColumn[];
  readonly onMove: (record: RecordOut, to: string | null) => Promise<void>;
  /** Tells those who can't see. */
  readonly say: (words: string) => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [held, setHeld] = useState<{ readonly id: string; readonly over: string | null } | null>(null);

  function over(record: RecordOut, step: number): void {
    const usable = columns.filter((column) => column.takesCards || column.code === record[by]);
    const at = usable.findIndex(({ code }) => code === held?.over);
    const column = usable[Math.max(0, Math.min(usable.length - 1, at + step))];
    if (!column) return;
    setHeld({ id: record.id, over: column.code });
    say(
      t('board.over', {
        column: column.label,
        position: usable.indexOf(column) + 1,
        total: usable.length,
      }),
    );
  }

  function drop(record: RecordOut, to: string | null): void {
    setHeld(null);
    void onMove(record, to).then(() => {
      // The card stands in another list now; the keyboard follows it.
      setTimeout(() => document.getElementById(cardId(record.id))?.focus(), 30);
    });
  }

  const pressed: Lift['pressed'] = (event, record) => {
    const isHeld = held?.id === record.id;
    if (!isHeld) {
      if (event.key !== ' ' || !record.can.update) return false;
      setHeld({ id: record.id, over: (record[by] ?? null) as string | null });
      say(t('board.lifted', { title: titleOf(entity, record) }));
      return true;
    }
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') over(record, 1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') over(record, -1);
    else if (event.key === 'Enter' || event.key === ' ') drop(record, held.over);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      setHeld(null);
      const column = columns.find(({ code }) => code === record[by])?.label ?? '–';
      say(t('board.putBack', { title: titleOf(entity, record), column }));
      return event.key === 'Escape';
    } else return false;
    return true;
  };

  return (
    <Context.Provider value={{ id: held?.id ?? null, over: held?.over, pressed }}>
      {children}
      <span id={hintId} className="r-hidden">
        {t('board.card')}
      </span>
    </Context.Provider>
  );
}
