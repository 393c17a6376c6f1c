import { basename } from 'node:path';
import { UsageError } from './command.ts';

/** A value of an option for each file, by the file's place; null where none was given. */
export type PerFile = readonly (string | null)[];

/**
 * Reads an option that holds for all files (`--entity account`) or for single ones, by their names
 * (`--entity people.csv=contact`); of a file named twice, given twice, in that order. What names no file that is
 * imported, or says two things of one, is refused.
 */
export function perFile(name: string, given: readonly string[], paths: readonly string[]): PerFile {
  const values: (string | null)[] = paths.map(() => null);
  const said = given.map((each) => read(name, each));
  for (const [file, all] of Map.groupBy(said, ({ file: of }) => of)) {
    const places = [...paths.keys()].filter(
      (place) => file === null || paths[place] === file || basename(paths[place] ?? '') === file,
    );
    if (places.length === 0)
      throw new UsageError(
        `--${name} ${file}=${all[0]?.value}: no file called ${file} is imported. Give FILE=${all[0]?.value}.`,
      );
    for (const [turn, place] of places.entries()) {
      const value = all.length === 1 ? all[0]?.value : all[turn]?.value;
      if (values[place] !== null || value === undefined || (all.length > 1 && all.length !== places.length))
        throw new UsageError(`--${name} says twice what holds for ${paths[place]}: say it once.`);
      values[place] = value;
    }
  }
  return values;
}

/** `people.csv=contact` as the file and the value; no file stands for all of them. */
function read(name: string, given: string): { readonly file: string | null; readonly value: string } {
  const [, file, value] = /^([^=]*)=(.+)$/.exec(given.trim()) ?? [];
  if (given.trim() === '' || file === '') throw new UsageError(`--${name} is missing.`);
  return file === undefined || value === undefined ? { file: null, value: given.trim() } : { file, value };
}
