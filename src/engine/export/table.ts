import type { Values } from '../../model/record.ts';
import type { ExportColumn } from './columns.ts';

/** What the writers of formats are given: columns, and records some at a time. */
export interface ExportTable {
  readonly title: string;
  readonly columns: readonly ExportColumn[];
  /** Paths of the exported fields, under which records hold their values. */
  readonly paths: readonly string[];
  readonly batches: AsyncIterable<readonly Values[]>;
}

/** How a file is written. */
export interface WriteOptions {
  readonly header: 'names' | 'labels';
  /** Of CSV: `,` `;` or tab. With `;` numbers have a decimal comma, as spreadsheets that take `;` expect. */
  readonly delimiter: string;
  /** Of CSV: a mark at the beginning, without which spreadsheets misread accents. */
  readonly bom: boolean;
  /** Of workbooks, which know no zones: the one that moments are told in. */
  readonly timeZone: string;
}

/** A kind of file: what it is called and how records become bytes, with memory that doesn't grow with them. */
export interface ExportFormat {
  readonly extension: string;
  readonly contentType: string;
  write(table: ExportTable, o: WriteOptions): AsyncGenerator<Uint8Array, void>;
}
