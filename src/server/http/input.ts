import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';

const missing = message(
  'input-missing',
  'This is needed.',
  'Cette valeur est nécessaire.',
  'Este valor es necesario.',
);
const notText = message('input-not-text', 'Give text.', 'Donnez un texte.', 'Dé un texto.');
const tooLong = message(
  'input-too-long',
  'Give at most {max} characters; this has {length}.',
  'Donnez au plus {max} caractères ; il y en a {length}.',
  'Dé como máximo {max} caracteres; hay {length}.',
);
const notInteger = message(
  'input-not-integer',
  'Give a whole number from {min} to {max}.',
  'Donnez un nombre entier de {min} à {max}.',
  'Dé un número entero de {min} a {max}.',
);
const notOneOf = message(
  'input-not-one-of',
  'Give one of {values}.',
  'Donnez l’une des valeurs {values}.',
  'Dé uno de estos valores: {values}.',
);
const unknown = message(
  'input-unknown',
  'There is no parameter “{name}” here; there are {known}.',
  'Il n’y a pas de paramètre « {name} » ici ; il y a {known}.',
  'Aquí no hay ningún parámetro «{name}»; hay {known}.',
);
const meant = message(
  'input-unknown-meant',
  'There is no parameter “{name}” here; “{near}” may be meant.',
  'Il n’y a pas de paramètre « {name} » ici ; peut-être « {near} ».',
  'Aquí no hay ningún parámetro «{name}»; quizá «{near}».',
);
const twice = message(
  'input-twice',
  'Give this once.',
  'Donnez cette valeur une seule fois.',
  'Dé este valor una sola vez.',
);
const noBody = message(
  'body-missing',
  'A JSON object is needed as the body.',
  'Le corps doit être un objet JSON.',
  'El cuerpo debe ser un objeto JSON.',
);

/** Reads one value of a request; undefined = it was left out. */
export type Reader<V> = (
  given: unknown,
) => { readonly value: V } | { readonly mistake: Omit<Mistake, 'field' | 'value'> };

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Values<R extends Readers> = { [K in keyof R]: R[K] extends Reader<infer V> ? V : never };

/** Text that must be there, without white space around it. */
export const neededText =
  (max: number): Reader<string> =>
  (given) => {
    if (given === undefined || given === null) return { mistake: { message: missing } };
    if (typeof given !== 'string') return { mistake: { message: notText } };
    const text = given.trim();
    if (text === '') return { mistake: { message: missing } };
    return text.length > max
      ? { mistake: { message: tooLong, params: { max, length: text.length } } }
      : { value: text };
  };

/** Text kept exactly as it was typed: passwords. */
export const exactText =
  (max: number): Reader<string> =>
  (given) => {
    if (given === undefined || given === null || given === '') return { mistake: { message: missing } };
    if (typeof given !== 'string') return { mistake: { message: notText } };
    return given.length > max
      ? { mistake: { message: tooLong, params: { max, length: given.length } } }
      : { value: given };
  };

/** A whole number, as JSON or as digits. */
export const integer =
  <D extends number | undefined>(min: number, max: number, byDefault: D): Reader<number | D> =>
  (given) => {
    if (given === undefined) return { value: byDefault };
    const number = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
    return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
      ? { value: number }
      : { mistake: { message: notInteger, params: { min, max } } };
  };

/** One of a few words. */
export const oneOf =
  <const W extends string>(words: readonly W[]): Reader<W> =>
  (given) => {
    const found = words.find((word) => word === given);
    if (found !== undefined) return { value: found };
    return {
      mistake:
        given === undefined
          ? { message: missing }
          : { message: notOneOf, params: { values: words.join(', ') } },
    };
  };

/** `1` or `true`, `0` or `false`; left out is false. */
export const flag: Reader<boolean> = (given) => {
  if (given === undefined || given === '0' || given === 'false' || given === false) return { value: false };
  if (given === '1' || given === 'true' || given === true) return { value: true };
  return { mistake: { message: notOneOf, params: { values: '1, 0' } } };
};

/** Names separated by commas. */
export const names: Reader<readonly string[] | undefined> = (given) => {
  if (given === undefined) return { value: undefined };
  if (typeof given !== 'string') return { mistake: { message: notText } };
  const list = given.split(',').map((name) => name.trim());
  return list.includes('') ? { mistake: { message: missing } } : { value: [...new Set(list)] };
};

/** A value that may be left out. */
export const optional =
  <V>(reader: Reader<V>): Reader<V | undefined> =>
  (given) =>
    given === undefined ? { value: undefined } : reader(given);

/** Reads the parameters of an address (`?a=1&b=2`), or throws one refusal that names every mistake in them. */
export function readQuery<R extends Readers>(query: unknown, readers: R): Values<R> {
  const given = query as Record<string, unknown>;
  const repeated = Object.keys(given).filter((name) => Array.isArray(given[name]));
  if (repeated.length > 0)
    throw new Problem('invalid', { mistakes: repeated.map((field) => ({ field, message: twice })) });
  return read(given, readers);
}

/** Reads a body of a fixed shape, or throws one refusal that names every mistake in it. */
export function readBody<R extends Readers>(body: unknown, readers: R): Values<R> {
  return read(objectBody(body), readers);
}

/** The body as an object; anything else is refused. */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new Problem('malformed', { message: noBody });
}

function read<R extends Readers>(given: Readonly<Record<string, unknown>>, readers: R): Values<R> {
  const mistakes: Mistake[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(given))
    if (!Object.hasOwn(readers, name)) mistakes.push(unknownName(name, Object.keys(readers)));
  for (const [name, reader] of Object.entries(readers)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const result = reader(value);
    if ('value' in result) values[name] = result.value;
    else
      mistakes.push({
        field: name,
        ...result.mistake,
        ...(isSecret(name) || value === undefined ? {} : { value }),
      });
  }
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return values as Values<R>;
}

const isSecret = (name: string): boolean => /password|token|current|next/.test(name);

function unknownName(name: string, known: readonly string[]): Mistake {
  const near = nearest(name, known);
  return near === null
    ? { field: name, message: unknown, params: { name: name.slice(0, 60), known: known.join(', ') || '∅' } }
    : { field: name, message: meant, params: { name: name.slice(0, 60), near } };
}
