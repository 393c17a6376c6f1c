import { expect, it } from 'vitest';
import { excerpt, markedIn } from './marks.ts';
import { readSearch, withMeant } from './search-query.ts';

/** The text with what is marked in brackets. */
const marked = (typed: string, text: string, meant: Record<string, string[]> = {}): string => {
  const query = withMeant(readSearch(typed) ?? [], new Map(Object.entries(meant)));
  return markedIn(text, query).marks.reduceRight(
    (told, [from, to]) => `${told.slice(0, from)}[${told.slice(from, to)}]${told.slice(to)}`,
    text,
  );
};

it('marks nothing where nothing matches', () => {
  expect(marked('paris', 'Lyon, a comparison')).toBe('Lyon, a comparison');
  expect(marked('5678', 'Room 56')).toBe('Room 56');
});

it('marks the beginnings of words as they are written, accents and letters that fold into two included', () => {
  expect(marked('ener', 'Société d’Énergie')).toBe('Société d’[Éner]gie');
  expect(marked('strass', 'Große Straße 1')).toBe('Große [Straß]e 1');
  expect(marked('elodie', 'E\u0301lodie')).toBe('[E\u0301lodie]');
  expect(marked('oe', 'Œuvre')).toBe('[Œ]uvre');
  expect(marked('du po', 'Jean Du Pont')).toBe('Jean [Du] [Po]nt');
});

it('marks a run of digits with what stands between them, however it was typed', () => {
  expect(marked('0612345678', '+33 6 12 34 56 78')).toBe('+33 [6 12 34 56 78]');
  expect(marked('45-678', '+33 6 12 34 56 78')).toBe('+33 6 12 3[4 56 78]');
});

it('marks a number that was typed without its noughts, and a word that was meant, as a whole', () => {
  expect(marked('opp 42', 'OPP-00042')).toBe('[OPP]-[00042]');
  expect(marked('duboys', 'Mme Dubois', { duboys: ['dubois'] })).toBe('Mme [Dubois]');
});

it('cuts a long text down to what stands around the first mark', () => {
  const text = `${'lorem ipsum '.repeat(30)}harbour crane ${'dolor sit '.repeat(30)}`;
  const { marks } = markedIn(text, readSearch('harbour') ?? []);
  const cut = excerpt(text, marks);
  expect(cut.text.length).toBeLessThan(130);
  expect(cut.marks.map(([from, to]) => cut.text.slice(from, to))).toEqual(['harbour']);
});
