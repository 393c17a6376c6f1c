import type { ImportSetFile } from '../../../model/import.ts';

/** A sheet that could be imported too. */
interface OtherSheet {
  /** The id of a file of the same workbook. */
  readonly file: string;
  /** The workbook's name. */
  readonly name: string;
  readonly sheet: string;
}

/** Sheets of workbooks that no file of the import is of; a file of a sheet is called `book.xlsx · Contacts`. */
export function otherSheets(
  files: readonly Pick<ImportSetFile, 'id' | 'fileName' | 'otherSheets'>[],
): readonly OtherSheet[] {
  const names = new Set(files.map(({ fileName }) => fileName));
  const offered = new Map<string, OtherSheet>();
  for (const { id, fileName, otherSheets: sheets } of files) {
    const [name = ''] = fileName.split(' · ');
    for (const sheet of sheets) {
      const full = `${name} · ${sheet}`;
      if (!names.has(full)) offered.set(full, { file: id, name, sheet });
    }
  }
  return [...offered.values()];
}
