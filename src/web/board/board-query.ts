import { quote } from '../../expression/quote.ts';
import type { EntityDescription } from '../../model/description.ts';
import { type ListQuery, listQuery, totalsQuery } from '../data/records.ts';

const each = 20;

/** What is narrowed on a board besides its columns, and in which order cards stand. */
export interface BoardView {
  readonly where: string | undefined;
  readonly sort: string;
}

/** The cards of one column, some at a time. */
export const columnQuery = (entity: EntityDescription, view: BoardView, code: string | null) =>
  listQuery(entity.plural, columnList(entity, view, code));

/** What a column asks the list for. */
export function columnList(entity: EntityDescription, view: BoardView, code: string | null): ListQuery {
  const by = entity.board?.by ?? '';
  const own = code === null ? `${by} is empty` : `${by} = ${quote(code)}`;
  return {
    where: view.where ? `(${view.where}) and ${own}` : own,
    sort: view.sort,
    fields: [...new Set([entity.title, by, ...(entity.board?.card ?? [])])],
    limit: each,
    count: 'none',
  };
}

/** Counts and sums of every column, as the server has them. */
export const boardTotals = (entity: EntityDescription, where: string | undefined, exact: boolean) =>
  totalsQuery(entity.plural, {
    where,
    by: entity.board?.by ?? '',
    sums: entity.board?.sum ? [entity.board.sum] : [],
    exact,
  });
