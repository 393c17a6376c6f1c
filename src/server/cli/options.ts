import { parseArgs } from 'node:util';
import { nearest } from '../../lib/nearest.ts';
import { UsageError } from './command.ts';

/** What kinds of options a command takes: text, texts given several times, or a switch. */
export type OptionKinds = Readonly<Record<string, 'text' | 'texts' | 'switch'>>;

type OptionValues<K extends OptionKinds> = {
  [N in keyof K]: K[N] extends 'switch'
    ? boolean
    : K[N] extends 'texts'
      ? readonly string[]
      : string | undefined;
};

/** Reads a command's arguments, or throws a `UsageError` that names the one that is wrong. `words`: how many, or from how many to how many. */
export function readOptions<K extends OptionKinds>(
  args: readonly string[],
  kinds: K,
  words: number | readonly [least: number, most: number],
): { readonly values: OptionValues<K>; readonly words: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'switch' ? ('boolean' as const) : ('string' as const), multiple: kind === 'texts' },
    ]),
  );
  const unknown = args
    .map((arg) => /^--([^=]+)/.exec(arg)?.[1])
    .find((name) => name !== undefined && !(name in kinds));
  if (unknown !== undefined) {
    const near = nearest(unknown, Object.keys(kinds));
    throw new UsageError(`There is no option --${unknown}.${near ? ` --${near} may be meant.` : ''}`);
  }
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const [least, most] = typeof words === 'number' ? [words, words] : words;
  if (parsed.positionals.length > most)
    throw new UsageError(`“${parsed.positionals[most]}” is one word too many.`);
  if (parsed.positionals.length < least) throw new UsageError('Something is missing.');
  const values = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      parsed.values[name] ?? { text: undefined, texts: [], switch: false }[kind],
    ]),
  );
  return { values: values as OptionValues<K>, words: parsed.positionals };
}

/** The value of an option that must be given. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value.trim() === '') throw new UsageError(`--${name} is missing.`);
  return value.trim();
}
