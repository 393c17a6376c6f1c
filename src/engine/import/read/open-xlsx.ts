import type { Pieces } from './pieces.ts';
import { firstRows, type RawRow } from './raw-rows.ts';
import type { SpilledTexts } from './spilled-texts.ts';
import { nothingInWorkbook, unknownSheet } from './xlsx-refusals.ts';
import { sheetRows } from './xlsx-rows.ts';
import { readStrings } from './xlsx-strings.ts';
import { openWorkbook, partText, type Sheet, type Workbook } from './xlsx-workbook.ts';

/** A sheet chosen to be read, with those that hold something as well and aren't. */
export interface OpenSheet {
  readonly sheet: string;
  readonly others: readonly string[];
  /** Its rows, and those of further sheets that begin with the same row of names, without that. */
  rows(): AsyncGenerator<readonly RawRow[]>;
}

/** Opens a sheet of a workbook: the one called so, else the first that is shown and holds something. */
export async function openSheet(pieces: Pieces, wanted?: string): Promise<OpenSheet> {
  const workbook = await openWorkbook(pieces);
  const shown = workbook.sheets.filter((sheet) => !sheet.isHidden || sheet.name === wanted);
  const filled = await filledOf(pieces, workbook, shown);
  const chosen = wanted === undefined ? filled[0] : filled.find(({ sheet }) => sheet.name === wanted);
  if (!chosen) {
    const known = filled.map(({ sheet }) => sheet.name);
    throw wanted === undefined || known.length === 0 ? nothingInWorkbook() : unknownSheet(wanted, known);
  }
  // A table longer than a sheet goes on in the next one, under the same names.
  const later = filled.slice(filled.indexOf(chosen) + 1);
  const going = later.filter(({ first }) => isSame(first, chosen.first));
  return {
    sheet: chosen.sheet.name,
    others: filled.filter((each) => each !== chosen && !going.includes(each)).map(({ sheet }) => sheet.name),
    async *rows() {
      const strings = await stringsOf(pieces, workbook);
      try {
        yield* rowsOf(pieces, workbook, strings, chosen.sheet);
        for (const { sheet } of going) {
          let isFirst = true;
          for await (const rows of rowsOf(pieces, workbook, strings, sheet)) {
            yield isFirst ? rows.slice(1) : rows;
            if (rows.length > 0) isFirst = false;
          }
        }
      } finally {
        strings.close();
      }
    },
  };
}

interface FilledSheet {
  readonly sheet: Sheet;
  readonly first: RawRow;
}

const isSame = (one: RawRow, other: RawRow): boolean =>
  one.cells.length === other.cells.length && one.cells.every((cell, place) => cell === other.cells[place]);

const stringsOf = (pieces: Pieces, { strings }: Workbook): Promise<SpilledTexts> =>
  readStrings(strings ? partText(pieces, strings) : nothing());

async function* nothing(): AsyncGenerator<string> {}

async function* rowsOf(
  pieces: Pieces,
  { styles, isFrom1904 }: Workbook,
  strings: SpilledTexts,
  sheet: Sheet,
): AsyncGenerator<readonly RawRow[]> {
  const reader = sheetRows({ styles, isFrom1904, strings });
  for await (const text of partText(pieces, sheet.entry)) yield reader.push(text);
  yield reader.end();
}

/** The sheets that hold something, with their first row. */
async function filledOf(
  pieces: Pieces,
  workbook: Workbook,
  sheets: readonly Sheet[],
): Promise<readonly FilledSheet[]> {
  const filled: FilledSheet[] = [];
  const strings = await stringsOf(pieces, workbook);
  try {
    for (const sheet of sheets) {
      const [first] = (await firstRows(rowsOf(pieces, workbook, strings, sheet), 1)).rows;
      if (first) filled.push({ sheet, first });
    }
    return filled;
  } finally {
    strings.close();
  }
}
