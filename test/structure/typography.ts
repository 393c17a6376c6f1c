import type { Locale } from '../../src/lib/locale.ts';

const rules: readonly (readonly [Locale | 'all', RegExp, string])[] = [
  ['all', /^\s*$/, 'is empty'],
  ['all', /^\s|\s$/, 'begins or ends with a space'],
  ['all', /\b(TODO|TBD|XXX)\b|lorem ipsum|coming soon/, 'is a placeholder'],
  ['all', /\w'\w/, 'has a typewriter apostrophe instead of ’'],
  ['fr', / [:;!?»]|« /, 'has a breaking space where French wants an unbreakable one'],
  ['fr', /[\p{L}\d)][;!?](?!\w)/u, 'lacks the space before its punctuation'],
  ['fr', /\p{L}:(?=\s|$)/u, 'lacks the space before its colon'],
  ['es', /^[^¿]*\?/, 'asks without ¿'],
  ['es', /^[^¡]*!/, 'exclaims without ¡'],
];

/** What is wrong with the writing of `text`, in words. */
export function mistakesOfText(locale: Locale, text: string): string[] {
  const prose = text.replace(/«[^»]*»/g, (quoted) => quoted.replace(/[^« »\u00a0]/g, 'x'));
  return rules
    .filter(([of, pattern]) => (of === 'all' || of === locale) && pattern.test(prose))
    .map(([, , says]) => `${JSON.stringify(text)} ${says}`);
}

/** The `{name}` and `{{name}}` places of a text, in a fixed order. */
export const places = (text: string): string =>
  [...text.matchAll(/\{\{?\s*(\w+)[^}]*\}\}?/g)]
    .map(([, name = '']) => name)
    .sort()
    .join(' ');
