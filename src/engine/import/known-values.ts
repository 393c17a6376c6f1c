import { choiceCodes, choiceOf } from '../../fields/choice-values.ts';
import { cutText } from '../../lib/cut-text.ts';
import { fold } from '../../lib/fold.ts';
import { locales } from '../../lib/locale.ts';
import { nearest } from '../../lib/nearest.ts';
import type { BaseValue } from '../../model/base-list.ts';
import type { BaseValues } from '../ctx.ts';
import { isChoice, listOfTarget, type Target } from './targets.ts';

/** Text reduced to its letters and digits, so that `Mrs.` equals `Mrs` and `closed-won` equals `Closed won`. */
export const bareWords = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Letters that the label of a list's value has at most. */
const mostOfLabel = 120;

/** The label of the value that a text becomes which a list doesn't know: long ones are cut, and known by that. */
export const labelFor = (text: string): string => cutText(text, mostOfLabel);

/**
 * The code of the value that a cell names, by code or by label in any language; null when the list doesn't know it. A
 * text that is longer than labels may be names the value that was made of it.
 */
export function codeOf(values: BaseValues, target: Target, text: string): string | null {
  const { field } = target;
  const list = listOfTarget(target);
  if (list === null) return field && isChoice(target) ? choiceOf(text, field) : null;
  const wanted = bareWords(labelFor(text));
  const all = [...values.all(list)].sort((first, second) => Number(second.active) - Number(first.active));
  return (
    all.find((value) => bareWords(value.code) === wanted)?.code ??
    all.find((value) => spoken(value).includes(wanted))?.code ??
    null
  );
}

/**
 * The code probably meant by text that isn't in the list: `sure` when one of its parts is exactly a value
 * (`Negotiation/Review`), otherwise one that is spelled nearly so.
 */
export function suggestionFor(
  values: BaseValues,
  target: Target,
  text: string,
): { readonly code: string; readonly isSure: boolean } | null {
  const parts = text
    .split(/[/,;:|()–—]|\s-\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1) {
    for (const part of parts) {
      const code = codeOf(values, target, part);
      if (code !== null) return { code, isSure: true };
    }
  }
  const candidates = candidatesOf(values, target);
  const near = nearest(text, candidates.keys());
  const code = near === null ? undefined : candidates.get(near);
  return code === undefined ? null : { code, isSure: false };
}

/** Everything a value may be called, with its code. */
function candidatesOf(values: BaseValues, target: Target): ReadonlyMap<string, string> {
  const list = listOfTarget(target);
  if (list === null)
    return new Map(target.field ? choiceCodes(target.field).map((code) => [code, code]) : []);
  return new Map(
    values
      .all(list)
      .filter((value) => value.active)
      .flatMap((value) => [value.code, ...spoken(value)].map((word) => [word, value.code] as const)),
  );
}

const spoken = (value: BaseValue): readonly string[] =>
  locales.map((locale) => bareWords(value.label[locale]));
