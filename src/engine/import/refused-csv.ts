import { stringify } from 'csv-stringify/sync';
import { sql } from 'kysely';
import { guarded } from '../../lib/cell-guard.ts';
import { type Labels, labels } from '../../lib/locale.ts';
import { tell } from '../../lib/message.ts';
import type { Ctx } from '../ctx.ts';
import type { StoredMistake } from './row-store.ts';

/** Name of the column that says why a row was refused. */
const reasonColumn: Labels = labels('Refused because', 'Refusé parce que', 'Rechazado porque');

/** The refused rows as a CSV file: the columns as they came and a last one that says what to correct. */
export async function refusedCsv(
  ctx: Ctx,
  id: string,
  headers: readonly string[],
  delimiter: string,
): Promise<string> {
  const { rows } = await sql<{ cells: readonly string[]; mistakes: readonly StoredMistake[] }>`
    select cells, mistakes from ${sql.id(ctx.workspace.schema, 'import_row')}
    where batch = ${id} and outcome = 'failed' order by row`.execute(ctx.db);
  const own = headers.filter((header) => !isReason(header));
  const places = own.map((header) => headers.indexOf(header));
  const lines = rows.map(({ cells, mistakes }) => [
    ...places.map((place) => guarded(cells[place] ?? '')),
    guarded(mistakes.map((mistake) => reasonOf(ctx, mistake)).join(' · ')),
  ]);
  return `\uFEFF${stringify([[...own.map(guarded), reasonColumn[ctx.locale]], ...lines], { delimiter, record_delimiter: '\r\n' })}`;
}

const reasonOf = (ctx: Ctx, { column, message: said, params }: StoredMistake): string =>
  `${column === null ? '' : `${column}: `}${tell(ctx.locale, said, params)}`;

const isReason = (header: string): boolean => Object.values(reasonColumn).includes(header);
