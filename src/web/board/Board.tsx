import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldViewProvider, useFieldView } from '../../fields/field-view.tsx';
import { formatDecimal } from '../../fields/format.browser.ts';
import type { EntityDescription, FieldDescription } from '../../model/description.ts';
import type { RecordOut } from '../../model/record.ts';
import { ApiProblem, Unreachable } from '../../web-kit/api/problem.ts';
import { Notice } from '../../web-kit/ui/Notice.tsx';
import { tellFailure } from '../app/tell.ts';
import { titleOf } from '../data/describe.ts';
import { Filters } from '../list/filter/Filters.tsx';
import { ListHeader } from '../list/ListHeader.tsx';
import { QuickText } from '../list/ListToolbar.tsx';
import { useListState } from '../list/use-list-state.ts';
import { useSaveRecord } from '../record/use-save-record.tsx';
import { ViewMenu } from '../views/ViewMenu.tsx';
import classes from './Board.module.css';
import { boardColumns } from './board-columns.ts';
import { boardTotals } from './board-query.ts';
import { Column } from './Column.tsx';
import { LiftProvider } from './lift.tsx';
import { useMove } from './use-move.ts';

const bound = 10_000;

/** Records in columns by a value of theirs; a card is moved by dragging, by its menu, or lifted by the keyboard. */
export function Board({
  entity,
  board,
  field,
}: {
  readonly entity: EntityDescription;
  readonly board: NonNullable<EntityDescription['board']>;
  readonly field: FieldDescription;
}) {
  const { t } = useTranslation();
  const outer = useFieldView();
  const { locale } = outer;
  // One stop of the Tab key a card: its links are reached through the record.
  const cards = useMemo(() => ({ ...outer, linkTabIndex: -1 as const }), [outer]);
  const state = useListState(entity);
  const [isExact, setExact] = useState(false);
  const [said, say] = useState('');
  const { where, sort } = state;
  const view = useMemo(() => ({ where, sort }), [where, sort]);
  const totals = useQuery({
    ...boardTotals(entity, where, isExact),
    placeholderData: keepPreviousData,
  });
  const groups = totals.data?.groups ?? [];
  const columns = boardColumns(field, groups, t('board.noValue'));
  const { save, dialogs } = useSaveRecord(entity);
  const moveCard = useMove(entity, view, save);
  const isBadFilter = totals.error instanceof ApiProblem;

  async function move(record: RecordOut, to: string | null): Promise<void> {
    const title = titleOf(entity, record);
    const name = (code: unknown): string => columns.find((column) => column.code === code)?.label ?? '–';
    const from = record[board.by] ?? null;
    if (from === to) {
      say(t('board.putBack', { title, column: name(from) }));
      return;
    }
    const outcome = await moveCard(record, to);
    if (outcome === 'moved') say(t('board.moved', { title, column: name(to) }));
    else {
      say(t('board.putBack', { title, column: name(from) }));
      if (outcome instanceof Unreachable) tellFailure(outcome);
      else if (outcome instanceof Error)
        tellFailure(new Error(`${t('board.refused', { title })}. ${outcome.message}`));
    }
  }

  return (
    <div className={classes.screen}>
      <ListHeader entity={entity} view="board" />
      <div className={classes.toolbar}>
        <ViewMenu entity={entity} state={state} />
        <QuickText state={state} />
        <div className={classes.filters}>
          <Filters
            entity={entity}
            where={state.search.where}
            onChange={(next) => state.change({ where: next })}
            error={isBadFilter ? totals.error : null}
          />
        </div>
      </div>
      {totals.data && !totals.data.complete ? (
        <div className={classes.notice}>
          <Notice
            kind="info"
            action={
              <Button size="xs" variant="default" onClick={() => setExact(true)} loading={totals.isFetching}>
                {t('board.countExactly')}
              </Button>
            }
          >
            {t('board.tooMany', { n: formatDecimal(locale, bound) })}
          </Notice>
        </div>
      ) : null}
      <FieldViewProvider value={cards}>
        <LiftProvider entity={entity} by={board.by} columns={columns} onMove={move} say={say}>
          <ul className={classes.columns} aria-label={entity.label.many}>
            {isBadFilter
              ? null
              : columns.map((column) => (
                  <Column
                    key={column.code ?? ''}
                    entity={entity}
                    board={board}
                    column={column}
                    columns={columns}
                    view={view}
                    group={
                      totals.data?.complete
                        ? (groups.find(({ key }) => key === column.code) ?? null)
                        : undefined
                    }
                    onMove={move}
                  />
                ))}
          </ul>
        </LiftProvider>
      </FieldViewProvider>
      <div className="r-hidden" role="status" aria-live="assertive">
        {said}
      </div>
      {dialogs}
    </div>
  );
}
