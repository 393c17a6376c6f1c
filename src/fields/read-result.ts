import type { Labels } from '../lib/locale.ts';
import { type Message, type MessageParams, message } from '../lib/message.ts';
import type { Mistake } from '../lib/problem.ts';
import type { Field } from '../model/field.ts';

/** The refusing half of `Read`. */
export interface Refusal {
  readonly mistakes: readonly Mistake[];
}

/** A value that was read; null is empty. */
export const accepted = <V>(value: V | null): { readonly value: V | null } => ({ value });

/** One mistake in what was read, at the field itself or at one of its parts. */
export const refused = (said: Message, params: MessageParams, value: unknown, part = ''): Refusal => ({
  mistakes: [{ field: part, message: said, params, value }],
});

/** True when reading failed. */
export const isRefusal = <R extends object>(read: R): read is Extract<R, Refusal> => 'mistakes' in read;

/** Null, undefined, '' and text of white space alone mean that there is no value. */
export const isEmpty = (input: unknown): input is null | undefined | '' =>
  input === null ||
  input === undefined ||
  (typeof input === 'string' && input.length <= 1000 && input.trim() === '');

/** A value as a sentence may quote it. */
export function quoted(input: unknown): string {
  const text = typeof input === 'object' ? JSON.stringify(input) : String(input);
  const clean = text
    .slice(0, 60)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '�');
  return text.length > 60 ? `${clean}…` : clean;
}

const wrongTypeMessage = message(
  'wrong-type',
  '“{value}” was sent, but {expected} is expected here',
  '« {value} » a été envoyé, mais il faut ici {expected}',
  'Se envió «{value}», pero aquí se espera {expected}',
);

/** The mistake of sending, say, a list where a text belongs. */
export const wrongType = (expected: Labels, value: unknown, part = ''): Refusal =>
  refused(wrongTypeMessage, { value: quoted(value), expected }, value, part);

const unknownPartMessage = message(
  'unknown-part',
  '“{value}” isn’t a part of this field; its parts are {parts}',
  '« {value} » n’est pas une partie de ce champ ; ses parties sont {parts}',
  '«{value}» no es una parte de este campo; sus partes son {parts}',
);

/** A JSON object that holds no other keys than `parts`, or the mistakes in it. */
export function readParts(
  input: unknown,
  parts: readonly string[],
  expected: Labels,
): { readonly parts: ReadonlyMap<string, unknown> } | Refusal {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return wrongType(expected, input);
  const unknown = Object.keys(input).filter((key) => !parts.includes(key));
  if (unknown.length > 0) {
    return {
      mistakes: unknown.slice(0, 10).map((key) => ({
        field: '',
        message: unknownPartMessage,
        params: { value: quoted(key), parts: parts.join(', ') },
        value: key.slice(0, 200),
      })),
    };
  }
  return { parts: new Map(Object.entries(input)) };
}

/** A number among the field's options, or the type's own default. */
export function numberOption(field: Field, name: string, byDefault: number): number {
  const value = field.options[name];
  return typeof value === 'number' ? value : byDefault;
}
