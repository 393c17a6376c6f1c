import { sql } from 'kysely';
import { tell } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { reasonColumn, refusedFile } from '../long-work/refused-file.ts';
import type { StoredMistake } from './row-store.ts';

/** Rows read at a time at most. */
const pageRows = 1_000;
/** Bytes of rows after which no further one is read along. */
const pageBytes = 4 * 1024 * 1024;

/**
 * The refused rows as a CSV file, piece by piece: the columns as they came and a last one that says what to correct.
 * No more of them is held than a piece, however many there are.
 */
export function refusedCsv(
  ctx: Ctx,
  id: string,
  headers: readonly string[],
  delimiter: string,
): AsyncGenerator<string> {
  const own = headers.filter((header) => !isReason(header));
  const places = own.map((header) => headers.indexOf(header));
  return refusedFile(delimiter, [...own, reasonColumn[ctx.locale]], linesOf(ctx, id, places));
}

async function* linesOf(
  ctx: Ctx,
  id: string,
  places: readonly number[],
): AsyncGenerator<readonly (readonly string[])[]> {
  for (let after = 0; ; ) {
    const page = await pageOf(ctx, id, after);
    const last = page.at(-1);
    if (!last) return;
    yield page.map(({ cells, mistakes }) => [
      ...places.map((place) => cells[place] ?? ''),
      mistakes.map((mistake) => reasonOf(ctx, mistake)).join(' · '),
    ]);
    after = last.row;
  }
}

interface RefusedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly mistakes: readonly StoredMistake[];
}

async function pageOf(ctx: Ctx, id: string, after: number): Promise<readonly RefusedRow[]> {
  const { rows } = await sql<RefusedRow>`
    select "row", cells, mistakes from (
      select "row", cells, mistakes, sum(octet_length(cells::text)) over (
        order by "row" rows between unbounded preceding and 1 preceding) as bytes_before
      from (
        select "row", cells, mistakes from ${sql.id(ctx.workspace.schema, 'import_row')}
        where batch = ${id} and outcome = 'failed' and "row" > ${after}
          -- Of who was erased nothing is kept.
          and cells is not null order by "row" limit ${pageRows}) page) sized
    where coalesce(bytes_before, 0) < ${pageBytes} order by "row"`.execute(ctx.db);
  return rows;
}

const reasonOf = (ctx: Ctx, { column, message: said, params }: StoredMistake): string =>
  `${column === null ? '' : `${column}: `}${tell(ctx.locale, said, params)}`;

const isReason = (header: string): boolean => Object.values(reasonColumn).includes(header);
