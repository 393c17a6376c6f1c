import { type RawBuilder, sql } from 'kysely';

/** Rows read at a time at most. */
const pageRows = 1_000;
/** Bytes of cells after which no further row is read along. */
const pageBytes = 4 * 1024 * 1024;

/**
 * The next rows of a table that holds cells, and no more of them than memory should: long rows make short pages, a row
 * that is longer than a page comes by itself. `from` names a table and a condition over it; the columns "row" and cells
 * are among `columns`, to which `more` is added: whether another row follows.
 */
export function rowPage(o: {
  readonly columns: readonly string[];
  readonly from: RawBuilder<unknown>;
  readonly isBackwards?: boolean;
  readonly limit?: number;
}): RawBuilder<unknown> {
  const columns = sql.join(o.columns.map((column) => sql.ref(column)));
  const order = sql`"row" ${o.isBackwards === true ? sql`desc` : sql`asc`}`;
  const limit = o.limit ?? pageRows;
  return sql`
    select ${columns}, following is not null as more from (
      select ${columns}, row_number() over (order by ${order}) as place, lead("row") over (order by ${order}) as following,
        sum(octet_length(cells::text)) over (
          order by ${order} rows between unbounded preceding and 1 preceding) as bytes_before
      from (select ${columns} from ${o.from} order by ${order} limit ${limit + 1}) page) measured
    where place <= ${limit} and coalesce(bytes_before, 0) < ${pageBytes} order by ${order}`;
}
