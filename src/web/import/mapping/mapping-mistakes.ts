import { ApiProblem, type ToldMistake } from '../../../web-kit/api/problem.ts';

/** The mistakes of a mapping by the place they are shown at. */
export interface MappingMistakes {
  /** By position of the column. */
  readonly columns: ReadonlyMap<number, readonly ToldMistake[]>;
  /** By position of the fixed value. */
  readonly constants: ReadonlyMap<number, readonly ToldMistake[]>;
  /** By name of the option: `source`, `match`, `currency` … */
  readonly options: Readonly<Record<string, string>>;
  readonly all: readonly ToldMistake[];
}

const optionNames = ['source', 'match', 'currency', 'decimal', 'dateOrder', 'country', 'duplicates'];
const place = /^(?:mapping\.)?(columns|constants)\[(\d+)\]/;

/** Sorts mistakes by where on the screen they belong. */
export function sortMistakes(all: readonly ToldMistake[]): MappingMistakes {
  const columns = new Map<number, ToldMistake[]>();
  const constants = new Map<number, ToldMistake[]>();
  const options: Record<string, string> = {};
  for (const mistake of all) {
    const [, list, position] = place.exec(mistake.field) ?? [];
    const option = mistake.field.replace(/^mapping\./, '');
    if (list) {
      const into = list === 'columns' ? columns : constants;
      into.set(Number(position), [...(into.get(Number(position)) ?? []), mistake]);
    } else if (optionNames.includes(option)) options[option] ??= mistake.message;
  }
  return { columns, constants, options, all };
}

/** The mistakes that a refusal carries. */
export const mistakesOf = (error: unknown): readonly ToldMistake[] =>
  error instanceof ApiProblem ? error.mistakes : [];
