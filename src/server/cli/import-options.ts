import { basename } from 'node:path';
import { UsageError } from './command.ts';

/** A value of an option for each file, by the file's place; null where none was given. */
export type PerFile = readonly (string | null)[];

/**
 * Reads an option that holds for all files (`--entity account`) or for single ones, by their names
 * (`--entity people.csv=contact`). What names no file that is imported, or says two things of one, is refused.
 */
export function perFile(name: string, given: readonly string[], paths: readonly string[]): PerFile {
  const values: (string | null)[] = paths.map(() => null);
  const put = (place: number, value: string): void => {
    if (values[place] !== null)
      throw new UsageError(`--${name} says twice what holds for ${paths[place]}: say it once.`);
    values[place] = value;
  };
  for (const each of given) {
    const [, file, value] = /^(.*)=([^=]+)$/.exec(each.trim()) ?? [];
    if (each.trim() === '' || file === '') throw new UsageError(`--${name} is missing.`);
    if (file === undefined || value === undefined) {
      for (const place of paths.keys()) put(place, each.trim());
      continue;
    }
    const places = [...paths.keys()].filter(
      (place) => paths[place] === file || basename(paths[place] ?? '') === file,
    );
    if (places.length === 0)
      throw new UsageError(`--${name} ${each}: no file called ${file} is imported. Give FILE=${value}.`);
    for (const place of places) put(place, value);
  }
  return values;
}
