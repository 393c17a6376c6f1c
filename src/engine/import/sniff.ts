import type { ColumnMapping } from '../../model/import.ts';
import type { Ctx } from '../ctx.ts';
import type { TableSample } from './read/table-reader.ts';
import type { Target } from './targets.ts';

const numeric = new Set(['number', 'decimal', 'money', 'percent']);
const dated = new Set(['date', 'date-time']);

/** The filled cells of the columns whose targets are of these types. */
function* cellsOf(
  table: TableSample,
  columns: readonly ColumnMapping[],
  targets: ReadonlyMap<string, Target>,
  types: ReadonlySet<string>,
): Generator<string> {
  for (const [place, { to }] of columns.entries()) {
    const target = to === null ? undefined : targets.get(to);
    if (!target?.field || target.part !== '' || !types.has(target.field.type)) continue;
    for (const { cells } of table.rows) {
      const cell = (cells[place] ?? '').trim();
      if (cell !== '') yield cell;
    }
  }
}

/** How the file writes decimals: by its numbers, else by its delimiter (`;` is used where the comma is taken). */
export function sniffDecimal(
  table: TableSample,
  columns: readonly ColumnMapping[],
  targets: ReadonlyMap<string, Target>,
): '.' | ',' {
  let comma = 0;
  let point = 0;
  for (const cell of cellsOf(table, columns, targets, numeric)) {
    const last = /([.,])(\d+)\D*$/.exec(cell);
    if (!last) continue;
    const isBoth = cell.includes(',') && cell.includes('.');
    // Three digits after a single mark may be thousands: no vote.
    if (!isBoth && last[2]?.length === 3) continue;
    if (last[1] === ',') comma += 1;
    else point += 1;
  }
  if (comma === point) return table.delimiter === ';' ? ',' : '.';
  return comma > point ? ',' : '.';
}

/** In which order the file writes its dates: by those that can be read one way only, else as the reader's language does. */
export function sniffDateOrder(
  ctx: Ctx,
  table: TableSample,
  columns: readonly ColumnMapping[],
  targets: ReadonlyMap<string, Target>,
): 'ymd' | 'dmy' | 'mdy' {
  const votes = { ymd: 0, dmy: 0, mdy: 0 };
  let isSeen = false;
  for (const cell of cellsOf(table, columns, targets, dated)) {
    isSeen = true;
    const parts = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})/.exec(cell);
    if (!parts) continue;
    if ((parts[1] ?? '').length > 2) votes.ymd += 1;
    else if (Number(parts[1]) > 12) votes.dmy += 1;
    else if (Number(parts[2]) > 12) votes.mdy += 1;
  }
  const best = Math.max(votes.ymd, votes.dmy, votes.mdy);
  if (best === 0) return !isSeen ? 'ymd' : ctx.locale === 'en' ? 'mdy' : 'dmy';
  return votes.dmy === best ? 'dmy' : votes.mdy === best ? 'mdy' : 'ymd';
}
