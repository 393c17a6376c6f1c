import { sql } from 'kysely';
import { tell } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import { reasonColumn, refusedFile } from '../long-work/refused-file.ts';
import { rowPage } from './row-pages.ts';
import type { StoredMistake } from './row-store.ts';

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
  // Of who was erased no cells are kept.
  const from = sql`${sql.id(ctx.workspace.schema, 'import_row')}
    where batch = ${id} and outcome = 'failed' and "row" > ${after} and cells is not null`;
  const page = rowPage({ columns: ['row', 'cells', 'mistakes'], from });
  return (await sql<RefusedRow>`${page}`.execute(ctx.db)).rows;
}

const reasonOf = (ctx: Ctx, { column, message: said, params }: StoredMistake): string =>
  `${column === null ? '' : `${column}: `}${tell(ctx.locale, said, params)}`;

const isReason = (header: string): boolean => Object.values(reasonColumn).includes(header);
