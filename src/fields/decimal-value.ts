import {
  canonicalDecimal,
  compareDecimals,
  type DecimalText,
  decimalsOf,
  wholeDigitsOf,
  withoutExponent,
} from '../lib/decimal-text.ts';
import { type Labels, labels } from '../lib/locale.ts';
import { message } from '../lib/message.ts';
import { type DecimalSign, parseNumberText } from '../lib/number-text.ts';
import type { ReadEnv } from './field-type.ts';
import { accepted, isEmpty, quoted, type Refusal, refused, wrongType } from './read-result.ts';

const notANumber = message(
  'not-a-number',
  '“{value}” isn’t a number; write it like {example}',
  '« {value} » n’est pas un nombre ; écrivez-le comme {example}',
  '«{value}» no es un número; escríbalo como {example}',
);
const tooManyDecimals = message(
  'too-many-decimals',
  '{value} has {count} decimals; at most {max} are kept: round it',
  '{value} a {count} décimales ; {max} au plus sont gardées : arrondissez',
  '{value} tiene {count} decimales; se guardan {max} como máximo: redondee',
);
const tooSmall = message(
  'number-too-small',
  '{value} is too small: at least {min}',
  '{value} est trop petit : {min} au moins',
  '{value} es demasiado pequeño: {min} como mínimo',
);
const tooLarge = message(
  'number-too-large',
  '{value} is too large: at most {max}',
  '{value} est trop grand : {max} au plus',
  '{value} es demasiado grande: {max} como máximo',
);

/** What bounds a decimal: decimals kept, digits before the point that its column holds, and the author's limits. */
export interface DecimalBounds {
  readonly scale: number;
  readonly wholeDigits: number;
  readonly min?: string | number | undefined;
  readonly max?: string | number | undefined;
}

const aDecimal: Labels = labels(
  'a decimal as text, like "12.50",',
  'un nombre décimal en texte, comme "12.50"',
  'un decimal como texto, como "12.50"',
);

/** Reads a decimal from JSON: a string (`"12.50"`, nothing lost) or a number; written with at least `padTo` decimals. */
export function readDecimal(
  input: unknown,
  bounds: DecimalBounds,
  part = '',
  padTo = bounds.scale,
): { readonly value: DecimalText | null } | Refusal {
  if (isEmpty(input)) return accepted<string>(null);
  if (typeof input !== 'string' && typeof input !== 'number') return wrongType(aDecimal, input, part);
  const plain = withoutExponent(String(input).trim());
  if (plain === null) return refused(notANumber, { value: quoted(input), example: '1234.50' }, input, part);
  const decimals = decimalsOf(plain);
  if (decimals > bounds.scale) {
    return refused(
      tooManyDecimals,
      { value: quoted(input), count: decimals, max: bounds.scale },
      input,
      part,
    );
  }
  const largest = `${'9'.repeat(bounds.wholeDigits)}${bounds.scale > 0 ? `.${'9'.repeat(bounds.scale)}` : ''}`;
  const min = bounds.min === undefined ? `-${largest}` : limit(bounds.min);
  const max = bounds.max === undefined ? largest : limit(bounds.max);
  if (
    wholeDigitsOf(plain) > bounds.wholeDigits ||
    compareDecimals(plain, min) < 0 ||
    compareDecimals(plain, max) > 0
  ) {
    return plain.startsWith('-') || compareDecimals(plain, min) < 0
      ? refused(tooSmall, { value: quoted(input), min }, input, part)
      : refused(tooLarge, { value: quoted(input), max }, input, part);
  }
  return accepted(canonicalDecimal(plain, padTo));
}

/** Reads a number written in a file, in the file's or the language's style, as a plain decimal. */
export function readDecimalText(
  text: string,
  env: ReadEnv,
  part = '',
): { readonly value: DecimalText | null } | Refusal {
  if (isEmpty(text)) return accepted<string>(null);
  const read = parseNumberText(text, decimalSign(env));
  const example = decimalSign(env) === ',' ? '1 234,50' : '1,234.50';
  return read === null ? refused(notANumber, { value: quoted(text), example }, text, part) : accepted(read);
}

/** The decimal sign of the file being read, else of the language. */
const decimalSign = (env: ReadEnv): DecimalSign => env.text?.decimal ?? (env.locale === 'en' ? '.' : ',');

/** A limit of the declaration as a canonical decimal. */
export const limit = (value: string | number): DecimalText => withoutExponent(String(value)) ?? '0';

/** What is wrong with limits that a field declares; texts for its author. */
export function verifyBounds({ min, max }: Pick<DecimalBounds, 'min' | 'max'>): readonly string[] {
  const wrong = [min, max].filter((value) => value !== undefined && withoutExponent(String(value)) === null);
  if (wrong.length > 0) return [`${wrong.map(String).join(', ')}: limits are numbers or decimal strings`];
  return min !== undefined && max !== undefined && compareDecimals(limit(min), limit(max)) > 0
    ? [`min ${min} is above max ${max}`]
    : [];
}

/** A limit among a field's options. */
export function limitOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
): string | number | undefined {
  const value = options[name];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
