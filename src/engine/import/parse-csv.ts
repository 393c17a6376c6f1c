import type { TableSample } from './read/table-reader.ts';

/** A file as columns and rows, all in memory. */
export type CsvTable = TableSample;

/** A row of a file, with the line it begins on; a cell may hold line breaks. */
export type CsvRow = TableSample['rows'][number];
