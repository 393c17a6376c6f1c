import type { ImportFormat } from '../../../model/import.ts';
import type { CsvDialect } from './csv-scanner.ts';
import type { Encoding } from './encoding.ts';

/** What was found out about a file, as plain JSON: whoever keeps it opens the file without reading it through first. */
export type TableFacts =
  | {
      readonly format: 'csv';
      readonly encoding: Encoding;
      readonly dialect: CsvDialect;
      /** Rows that stand above the column names. */
      readonly above: number;
      readonly headers: readonly string[];
    }
  | {
      readonly format: 'xlsx';
      readonly sheet: string;
      readonly others: readonly string[];
      readonly above: number;
      readonly headers: readonly string[];
    }
  | KeyedFacts<'jsonl'>
  | KeyedFacts<'vcard'>;

interface KeyedFacts<Format extends ImportFormat> {
  readonly format: Format;
  readonly encoding: Encoding;
  readonly headers: readonly string[];
}
