import type { ImportCounts, ImportDraft, ImportRowOutcome, ImportSet } from '../../model/import.ts';
import type { CommandRun } from './command.ts';

/** Refused rows told of each file on the screen; `--json` and the browser tell more. */
export const shownRefusals = 20;

/** A file with the first of its refused rows. */
interface FileResult extends ImportDraft {
  readonly refused: readonly ImportRowOutcome[];
}

/** Tells what a file was taken for. */
export function tellMapping(
  { mapping, rows, fileName, entity }: ImportDraft,
  note: CommandRun['note'],
): void {
  note(
    `${fileName}: ${rows} rows into ${entity}, recognised by ${mapping.match}, keys of “${mapping.source}”`,
  );
  const width = Math.max(...mapping.columns.map(({ column }) => column.length));
  for (const { column, to } of mapping.columns) note(`  ${column.padEnd(width)}  ${to ?? '—'}`);
}

/** Tells what became of the rows: of each file in the order in which they were imported, then of all. */
export function tellResult(
  set: ImportSet,
  files: readonly FileResult[],
  isDry: boolean,
  out: CommandRun['out'],
): void {
  const isMany = files.length > 1;
  const sentence = (counts: ImportCounts): string => `${isDry ? 'Would be' : 'Done'}: ${equation(counts)}`;
  for (const { fileName, failed, notes, refused, ...counts } of files) {
    out(isMany ? `${fileName}: ${equation({ ...counts, failed })}` : sentence({ ...counts, failed }));
    for (const { message, rows } of notes) out(`  ${message}${rows === null ? '' : ` (${rows} rows)`}`);
    for (const { line, mistakes } of refused) {
      for (const { column, message } of mistakes)
        out(`line ${line}${column === null ? '' : `, ${column}`}: ${message}`);
    }
    if (failed > refused.length) out(`… and ${failed - refused.length} more refused rows`);
  }
  if (isMany) out(sentence(set));
  if (set.stopped !== null) out(`Stopped (${set.state}): ${set.stopped}`);
}

const equation = ({ rows, created, updated, merged, skipped, failed }: ImportCounts): string =>
  `${rows} rows = ${created} created + ${updated} updated + ${merged} merged + ${skipped} unchanged + ${failed} refused`;
