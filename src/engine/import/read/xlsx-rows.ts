import { keepable } from '../../../lib/keepable.ts';
import { maxColumns } from './header-row.ts';
import type { RawRow } from './raw-rows.ts';
import type { SpilledTexts } from './spilled-texts.ts';
import { type NumberMeaning, numberText } from './xlsx-formats.ts';
import { brokenWorkbook, workbookRowTooLong } from './xlsx-refusals.ts';
import { longestCell, owned, textCollector } from './xlsx-strings.ts';
import { xmlReader } from './xml-reader.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: Pick<SpilledTexts, 'at'>;
  readonly styles: readonly NumberMeaning[];
  /** Days are counted from 1904 instead of 1900. */
  readonly isFrom1904: boolean;
}

/** Letters that one row may have: spreadsheets take no more in so many columns. */
const longestRow = 16 * 1024 * 1024;

/** Spreadsheets count no further; what says it does is counted on. */
const lastRow = 1_048_576;

const plainNumber: NumberMeaning = { is: 'number' };

/** Reads the rows of a sheet that hold something, as its XML comes. */
export function sheetRows(context: SheetContext): {
  push(text: string): readonly RawRow[];
  end(): readonly RawRow[];
} {
  let rows: RawRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let column = 0;
  let letters = 0;
  let type = 'n';
  let style = 0;
  let value = '';
  let isValue = false;
  const inline = textCollector();

  const finish = (): void => {
    const text = keepable(cellOf(type, value, style, inline.take(), context));
    letters += text.length;
    if (letters > longestRow) throw workbookRowTooLong(line, longestRow / 1024 / 1024);
    // One column too many is enough to refuse the table.
    if (text !== '' && column <= maxColumns) {
      while (cells.length < column) cells.push('');
      cells[column] = text;
    }
    column += 1;
  };

  const reader = xmlReader({
    open(name, attributes) {
      switch (name) {
        case 'row': {
          const said = Number(attributes('r') ?? line + 1);
          line = Number.isInteger(said) && said > line && said <= lastRow ? said : line + 1;
          cells = [];
          letters = 0;
          column = 0;
          break;
        }
        case 'c': {
          const place = attributes('r');
          if (place !== undefined) column = columnOf(place);
          type = attributes('t') ?? 'n';
          style = Number(attributes('s') ?? 0);
          value = '';
          break;
        }
        case 'v':
          isValue = true;
          break;
        default:
          inline.open(name);
      }
    },
    close(name) {
      switch (name) {
        case 'v':
          isValue = false;
          break;
        case 'c':
          finish();
          break;
        case 'row':
          if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
          break;
        default:
          inline.close(name);
      }
    },
    text(text) {
      if (isValue && value.length < longestCell) value += text;
      else inline.text(text);
    },
  });

  const taken = (): readonly RawRow[] => {
    const ready = rows;
    rows = [];
    return ready;
  };
  return {
    push(text) {
      reader.push(text);
      return taken();
    },
    end() {
      reader.end();
      return taken();
    },
  };
}

function cellOf(
  type: string,
  value: string,
  style: number,
  inline: string,
  { strings, styles, isFrom1904 }: SheetContext,
): string {
  switch (type) {
    case 's': {
      if (value === '') return '';
      const text = strings.at(Number(value));
      if (text === undefined) throw brokenWorkbook();
      return text;
    }
    case 'inlineStr':
      return inline;
    case 'b':
      return value === '' ? '' : value.trim() === '1' ? 'true' : 'false';
    case 'n':
      return value === '' ? '' : numberText(value, styles[style] ?? plainNumber, isFrom1904);
    default:
      // Texts that formulas gave, ISO days, and mistakes like #N/A, which the field refuses by name.
      return owned(value);
  }
}

/** The column of a place, from 0: `C7` → 2. */
function columnOf(place: string): number {
  let column = 0;
  for (let index = 0; index < place.length; index += 1) {
    const code = place.charCodeAt(index) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 16_384) break;
  }
  if (column < 1 || column > 16_384) throw brokenWorkbook();
  return column - 1;
}
