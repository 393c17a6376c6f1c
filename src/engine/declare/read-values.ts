import type { ChoiceValue } from '../../fields/choice-values.ts';
import { type Labels, labels, locales } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';

/** Values a choice may have; people don't read longer lists, and base values are there for those that change often. */
const most = 500;

const noList = message(
  'option-values',
  'Values are a list of 1 to {max} like {example}.',
  'Les valeurs sont une liste de 1 à {max}, comme {example}.',
  'Los valores son una lista de 1 a {max}, como {example}.',
);
const badCode = message(
  'option-value-code',
  'A code is small letters, digits and hyphens, at most 60: north-west.',
  'Un code se compose de minuscules, de chiffres et de traits d’union, 60 au plus : north-west.',
  'Un código consta de minúsculas, cifras y guiones, 60 como máximo: north-west.',
);
const twice = message(
  'option-value-twice',
  'The code “{code}” stands twice in the list.',
  'Le code « {code} » figure deux fois dans la liste.',
  'El código «{code}» aparece dos veces en la lista.',
);
const badLabel = message(
  'option-value-label',
  'A label is a text of 1 to 80 characters, or one for each language: {example}.',
  'Un libellé est un texte de 1 à 80 caractères, ou un par langue : {example}.',
  'Una etiqueta es un texto de 1 a 80 caracteres, o uno por idioma: {example}.',
);
const badKey = message(
  'option-value-key',
  '“{name}” isn’t part of a value; its parts are code, label, color.',
  '« {name} » n’est pas une partie d’une valeur ; ses parties sont code, label, color.',
  '«{name}» no es parte de un valor; sus partes son code, label, color.',
);
const badColor = message(
  'option-value-color',
  'A colour is one of: {names}.',
  'Une couleur est l’une de : {names}.',
  'Un color es uno de: {names}.',
);

/** Names of the colours that screens offer for a value. */
const colors = 'gray pine green lime amber orange red pink grape violet blue cyan'.split(' ');

/** Reads the values of a choice; a label that is one text stands for all languages, a missing one is the English. */
export function readValues(
  given: unknown,
): { readonly value: readonly ChoiceValue[] } | { readonly mistakes: readonly Mistake[] } {
  if (!Array.isArray(given) || given.length === 0 || given.length > most) {
    const example = '[{"code": "north", "label": {"en": "North", "fr": "Nord", "es": "Norte"}}]';
    return { mistakes: [{ field: '', message: noList, params: { max: most, example } }] };
  }
  const mistakes: Mistake[] = [];
  const codes = new Set<string>();
  const value = (given as readonly unknown[]).map((one, place): ChoiceValue => {
    const at = (part: string, mistake: Omit<Mistake, 'field'>): void => {
      mistakes.push({ field: part === '' ? `[${place}]` : `[${place}].${part}`, ...mistake });
    };
    const parts = (typeof one === 'object' && one !== null ? one : {}) as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(parts))
      if (!['code', 'label', 'color'].includes(name))
        at('', { message: badKey, params: { name: name.slice(0, 60) } });
    const { code, color } = parts;
    if (typeof code !== 'string' || !/^[a-z0-9][a-z0-9-]{0,59}$/.test(code))
      at('code', { message: badCode, value: code });
    else if (codes.has(code)) at('code', { message: twice, params: { code } });
    else codes.add(code);
    const label = labelOf(parts.label ?? code);
    if (!label)
      at('label', {
        message: badLabel,
        params: { example: '{"en": "North", "fr": "Nord"}' },
        value: parts.label,
      });
    const isColor = typeof color === 'string' && colors.includes(color);
    if (color !== undefined && color !== null && !isColor)
      at('color', { message: badColor, params: { names: colors.join(', ') }, value: color });
    return {
      code: String(code),
      label: label ?? labels('', '', ''),
      ...(isColor ? { color: color } : {}),
    };
  });
  return mistakes.length > 0 ? { mistakes: mistakes.slice(0, 20) } : { value };
}

function labelOf(given: unknown): Labels | null {
  const clean = (text: unknown): string | null =>
    typeof text === 'string' && text.trim().length >= 1 && text.trim().length <= 80 ? text.trim() : null;
  if (typeof given === 'string') {
    const text = clean(given);
    return text === null ? null : labels(text, text, text);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const parts = given as Readonly<Record<string, unknown>>;
  const known = Object.keys(parts).every((name) => locales.some((locale) => locale === name));
  const en = clean(parts.en);
  if (!known || en === null) return null;
  const [fr, es] = [parts.fr ?? en, parts.es ?? en].map(clean);
  return fr && es ? labels(en, fr, es) : null;
}
