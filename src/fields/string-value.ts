import { labels } from '../lib/locale.ts';
import { message } from '../lib/message.ts';
import { accepted, isEmpty, quoted, type Refusal, refused, wrongType } from './read-result.ts';

const tooLong = message(
  'text-too-long',
  '{length} characters are too many: at most {max} fit',
  '{length} caractères, c’est trop : {max} au plus',
  '{length} caracteres son demasiados: caben {max} como máximo',
);
const lineBreak = message(
  'text-line-break',
  'A line break isn’t possible here: write it on one line',
  'Pas de saut de ligne ici : écrivez sur une seule ligne',
  'Aquí no cabe un salto de línea: escríbalo en una sola línea',
);
const controlCharacter = message(
  'text-control-character',
  'The character {character} in “{value}” can’t be stored: remove it',
  'Le caractère {character} dans « {value} » ne peut pas être enregistré : supprimez-le',
  'El carácter {character} en «{value}» no se puede guardar: elimínelo',
);
const brokenText = message(
  'text-broken',
  'The text holds half a character (a lone surrogate): send it as valid Unicode',
  'Le texte contient un demi-caractère (substitut isolé) : envoyez de l’Unicode valide',
  'El texto contiene medio carácter (sustituto aislado): envíelo en Unicode válido',
);
const aText = labels('a text', 'un texte', 'un texto');

/**
 * Reads a text that can be stored: trimmed, composed (NFC), at most `max` characters, without control characters;
 * line breaks (as `\n`) and tabs only where `lines` allows them.
 */
export function readString(
  input: unknown,
  {
    max,
    lines = false,
    part = '',
  }: { readonly max: number; readonly lines?: boolean; readonly part?: string },
): { readonly value: string | null } | Refusal {
  if (isEmpty(input)) return accepted<string>(null);
  if (typeof input !== 'string') return wrongType(aText, input, part);
  if (input.length > max * 8 + 1000)
    return refused(tooLong, { length: input.length, max }, input.slice(0, 300), part);
  if (!input.isWellFormed()) return refused(brokenText, {}, input.toWellFormed(), part);
  const text = input.replace(/\r\n?/g, '\n').trim().normalize('NFC');
  if (text === '') return accepted<string>(null);
  if (!lines && /[\n\u2028\u2029]/.test(text)) return refused(lineBreak, {}, input, part);
  const control = (lines ? /(?![\n\t])\p{Cc}/u : /\p{Cc}/u).exec(text)?.[0];
  if (control !== undefined) {
    const character = `U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return refused(controlCharacter, { character, value: quoted(text) }, input.slice(0, 300), part);
  }
  const length = text.length > max ? [...text].length : text.length;
  return length > max ? refused(tooLong, { length, max }, input, part) : accepted(text);
}

/** A file's cell on one line: line breaks, tabs and runs of spaces become one space. */
export const oneLine = (text: string): string => text.replace(/[\s\u2028\u2029]+/g, ' ').trim();
