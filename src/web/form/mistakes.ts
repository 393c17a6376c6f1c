import { ApiProblem } from '../../web-kit/api/problem.ts';

/** What is wrong with one field: as a whole, and with its parts. */
export interface FieldMistake {
  readonly own?: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** The mistakes a save was refused for, sorted to where they are shown. */
export interface Mistakes {
  readonly fields: Readonly<Record<string, FieldMistake>>;
  /** What concerns no field shown: told above the form. */
  readonly others: readonly string[];
}

/** No mistakes. */
export const noMistakes: Mistakes = { fields: {}, others: [] };

/** Sorts what the server said by the fields of a form; paths are `amount.currency`, `teams.[0].id`. */
export function mistakesOf(error: unknown, shown: ReadonlySet<string>): Mistakes {
  if (!(error instanceof ApiProblem)) return noMistakes;
  const fields: Record<string, { own?: string; parts: Record<string, string> }> = {};
  const others: string[] = [];
  for (const { field: path, message } of error.mistakes) {
    const [name = '', part] = path.split(/\.|(?=\[)/);
    if (!shown.has(name)) {
      others.push(message);
      continue;
    }
    fields[name] ??= { parts: {} };
    const known = fields[name];
    if (part && !part.startsWith('[')) known.parts[part] ??= message;
    else known.own ??= message;
  }
  return { fields, others };
}

/** Mistakes together with what is known to be wrong without asking; a field is told one thing as a whole. */
export function withJudged(
  { fields, others }: Mistakes,
  wrong: readonly { readonly field: string; readonly message: string }[],
): Mistakes {
  const joined: Record<string, FieldMistake> = { ...fields };
  for (const { field, message } of wrong) {
    const known = joined[field] ?? { parts: {} };
    joined[field] = { own: message, ...known };
  }
  return { fields: joined, others };
}

/** The names of the fields in which a refused save has mistakes. */
export const mistakenFields = (error: unknown): readonly string[] =>
  error instanceof ApiProblem
    ? [...new Set(error.mistakes.map(({ field }) => field.split(/\.|(?=\[)/)[0] ?? ''))].filter(Boolean)
    : [];
