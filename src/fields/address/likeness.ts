import { fold } from '../../lib/fold.ts';
import { foldedWords, wordLikeness } from '../../lib/word-likeness.ts';

type Place = Readonly<Record<'street' | 'city' | 'postalCode' | 'country', string | null>>;

/** Words that people shorten, by what they are shortened to. */
const shortened: Readonly<Record<string, string>> = {
  street: 'st',
  strasse: 'str',
  avenue: 'av',
  ave: 'av',
  avenida: 'av',
  avda: 'av',
  boulevard: 'bd',
  blvd: 'bd',
  road: 'rd',
  drive: 'dr',
  lane: 'ln',
  place: 'pl',
  square: 'sq',
  calle: 'c',
  apartment: 'apt',
  saint: 'st',
};

/**
 * How alike two addresses are: 1 the same, 0 tells nothing, −1 another place. The same town without a street tells
 * little, another street in it is another address.
 */
export function addressLikeness(one: Place, other: Place): number {
  const town = townLikeness(one, other);
  if (town < 0) return -1;
  const [street, otherStreet] = [streetWords(one.street), streetWords(other.street)];
  if (street.length === 0 || otherStreet.length === 0) return town * 0.3;
  if (numbersIn(street) !== numbersIn(otherStreet)) return -0.5;
  const alike = wordLikeness(street.join(''), otherStreet.join(''));
  if (alike < 0.65) return -0.5;
  return town === 0 ? alike * 0.5 : alike;
}

/** By postal code where both have one, else by the town's name. */
function townLikeness(one: Place, other: Place): number {
  if (one.country !== null && other.country !== null && one.country !== other.country) return -1;
  const [code, otherCode] = [one, other].map(({ postalCode }) => fold(postalCode ?? '').replace(/\W/g, ''));
  if (code && otherCode) return code === otherCode ? 1 : -1;
  const [city = '', otherCity = ''] = [one, other].map(({ city: name }) =>
    foldedWords(fold(name ?? '')).join(''),
  );
  if (city === '' || otherCity === '') return 0;
  return wordLikeness(city, otherCity) > 0.65 ? 1 : -1;
}

const streetWords = (street: string | null): readonly string[] =>
  foldedWords(fold(street ?? '')).map((word) => shortened[word] ?? word);

const numbersIn = (words: readonly string[]): string => words.filter((word) => /\d/.test(word)).join(' ');
