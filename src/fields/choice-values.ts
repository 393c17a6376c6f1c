import { fold } from '../lib/fold.ts';
import { type Labels, type Locale, locales } from '../lib/locale.ts';
import { message } from '../lib/message.ts';
import { nearest } from '../lib/nearest.ts';
import type { Field } from '../model/field.ts';
import { quoted, type Refusal, refused } from './read-result.ts';

/** A value of a choice, closed in code. */
export interface ChoiceValue {
  readonly code: string;
  readonly label: Labels;
  /** Name of a colour of the theme. */
  readonly color?: string;
}

const unknownChoice = message(
  'choice-unknown',
  '“{value}” isn’t one of the values; they are {codes}',
  '« {value} » n’est pas une des valeurs, qui sont {codes}',
  '«{value}» no es uno de los valores, que son {codes}',
);
const unknownChoiceNear = message(
  'choice-unknown-near',
  '“{value}” isn’t one of the values; did you mean {near}?',
  '« {value} » n’est pas une des valeurs ; vouliez-vous dire {near} ?',
  '«{value}» no es uno de los valores; ¿quiso decir {near}?',
);

/** The values a choice declares. */
const choiceValues = (field: Field): readonly ChoiceValue[] =>
  Array.isArray(field.options.values) ? (field.options.values as readonly ChoiceValue[]) : [];

/** The codes a choice declares, in their order. */
export const choiceCodes = (field: Field): readonly string[] => choiceValues(field).map(({ code }) => code);

/** The value whose code or label, in any language, is written so; case and accents don't matter. */
export function choiceOf(text: string, field: Field): string | null {
  const wanted = fold(text.slice(0, 200));
  const values = choiceValues(field);
  const byCode = values.find(({ code }) => fold(code) === wanted);
  const found =
    byCode ?? values.find(({ label }) => locales.some((locale) => fold(label[locale]) === wanted));
  return found?.code ?? null;
}

/** A value's label in the reader's language; the code itself when the list no longer holds it. */
export const choiceLabel = (code: string, field: Field, locale: Locale): string =>
  choiceValues(field).find((value) => value.code === code)?.label[locale] ?? code;

/** The mistake of naming a value that isn't in the list, with the one that was probably meant. */
export function unknownValue(input: string, field: Field): Refusal {
  const near =
    nearest(input, choiceCodes(field)) ??
    nearest(
      input,
      choiceValues(field).flatMap(({ label }) => Object.values(label)),
    );
  return near === null
    ? refused(
        unknownChoice,
        { value: quoted(input), codes: choiceCodes(field).slice(0, 30).join(', ') },
        input,
      )
    : refused(unknownChoiceNear, { value: quoted(input), near }, input);
}

/** What is wrong with the values a field declares; texts for its author. */
export function verifyChoice(field: Field): readonly string[] {
  const codes = choiceCodes(field);
  if (codes.length === 0) return ['has no values'];
  const twice = codes.filter((code, position) => codes.indexOf(code) !== position);
  const odd = codes.filter((code) => !/^[a-z0-9][a-zA-Z0-9_-]{0,59}$/.test(code));
  return [
    ...[...new Set(twice)].map((code) => `the code ${code} is declared twice`),
    ...odd.map(
      (code) =>
        `the code ${code} must be letters, digits, - and _, at most 60, a small letter or digit first`,
    ),
    ...(field.default !== null && typeof field.default === 'string' && !codes.includes(field.default)
      ? [`the default ${field.default} isn’t one of the codes`]
      : []),
  ];
}
