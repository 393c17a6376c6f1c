import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import type { EntityDescription } from '../../model/description.ts';
import { allRecords } from '../../model/view.ts';
import { paths } from '../app/paths.ts';
import type { ListState } from '../list/use-list-state.ts';
import { type ListedView, searchOf, useViews, type Views } from './view-data.ts';

/** The view that a list shows, whether it was changed since, and how to open another. */
export interface CurrentView {
  readonly views: Views;
  /** Null = all records, or a view that isn't there. */
  readonly current: ListedView | null;
  /** The address names a view that isn't there for the reader. */
  readonly isMissing: boolean;
  readonly isModified: boolean;
  readonly open: (view: ListedView | null) => void;
}

/** Follows the view that the address names; an address that says nothing opens the reader's own first one. */
export function useCurrentView(entity: EntityDescription, state: ListState): CurrentView {
  const navigate = useNavigate();
  const views = useViews(entity);
  const { search } = state;
  const key = search.view;
  const current = key === undefined || key === allRecords ? null : views.find(key);
  const isBlank = Object.values(search).every((value) => value === undefined);
  const first = isBlank ? views.choiceOf('default')?.['view'] : undefined;
  // A view that is named alone stands for all it says; once written out, the address counts.
  const wanted =
    key !== undefined && search.sort === undefined
      ? current
      : typeof first === 'string'
        ? views.find(first)
        : null;

  const show = useCallback(
    (view: ListedView | null, replace: boolean): void => {
      const isBoard = view?.display === 'board' && entity.board !== null;
      const to = isBoard ? paths.board(entity.plural) : paths.list(entity.plural);
      void navigate({ to: to as '/', search: searchOf(view, entity) as never, replace });
    },
    [navigate, entity],
  );

  useEffect(() => {
    if (wanted) show(wanted, true);
  }, [wanted, show]);

  const isModified =
    current !== null &&
    search.sort !== undefined &&
    ((search.where ?? null) !== current.where ||
      search.sort !== (current.sort ?? entity.list.sort) ||
      (current.columns !== null && search.columns !== undefined && search.columns !== current.columns));

  return {
    views,
    current,
    isMissing: views.isLoaded && key !== undefined && key !== allRecords && current === null,
    isModified,
    open: (view) => show(view, false),
  };
}
