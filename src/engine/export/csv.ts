import { stringify } from 'csv-stringify/sync';
import { guarded } from '../../lib/cell-guard.ts';
import type { Values } from '../../model/record.ts';
import type { ExportColumn } from './columns.ts';
import type { ExportFormat } from './table.ts';

/** Comma-separated values that no spreadsheet computes and an import reads back as they were. */
export const csv: ExportFormat = {
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  async *write({ columns, batches }, { header, delimiter, bom }) {
    const lines = (rows: readonly (readonly string[])[]): Buffer =>
      Buffer.from(stringify([...rows], { delimiter, record_delimiter: '\r\n' }));
    const head = columns.map((column) => guarded(header === 'names' ? column.name : column.label));
    if (bom) yield Buffer.from('\uFEFF');
    yield lines([head]);
    const cells = columns.map((column) => cellWriter(column, delimiter === ';'));
    for await (const records of batches)
      yield lines(records.map((record) => cells.map((cell) => cell(record))));
  },
};

function cellWriter(column: ExportColumn, hasDecimalComma: boolean): (record: Values) => string {
  if (column.kind === 'number' && hasDecimalComma)
    return (record) => (column.cell(record) ?? '').replace('.', ',');
  return (record) => guarded(column.cell(record) ?? '');
}
