import { expect, test } from 'vitest';
import { englishNicknames } from './nicknames.en.ts';
import { spanishNicknames } from './nicknames.es.ts';
import { frenchNicknames } from './nicknames.fr.ts';
import { nicknameOf } from './nicknames.ts';

test.each([
  ['robert', 'robert'],
  ['robert', 'william'],
  ['bob', 'bill'],
  ['mario', 'maria'],
  ['pepe', 'pepa'],
  ['louis', 'louise'],
  ['patrick', 'patricia'],
  ['alexander', 'alexandra'],
  ['zzz', 'william'],
  ['', ''],
])('%s isn’t what %s is called', (one, other) => {
  expect(nicknameOf(one, other)).toBeNull();
  expect(nicknameOf(other, one)).toBeNull();
});

test.each([
  ['william', 'bill', 'called'],
  ['margaret', 'peggy', 'called'],
  ['stephen', 'steven', 'same'],
  ['liz', 'beth', 'both'],
  ['guillaume', 'guigui', 'called'],
  ['jeanpierre', 'jp', 'called'],
  ['elisabeth', 'babeth', 'called'],
  ['jose', 'pepe', 'called'],
  ['francisco', 'paco', 'called'],
  ['josemaria', 'chema', 'called'],
  ['antonio', 'tono', 'called'],
])('%s is called %s, whichever is asked first', (one, other, told) => {
  expect(nicknameOf(one, other)).toBe(told);
  expect(nicknameOf(other, one)).toBe(told);
});

test.each(Object.entries({ englishNicknames, frenchNicknames, spanishNicknames }))(
  '%s are lines of names, a colon and what people of them are called, each once',
  (_, text) => {
    const lines = text.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^\p{Ll}+( \p{Ll}+)*: \p{Ll}+( \p{Ll}+)*$/u);
    const named = lines.flatMap((line) => line.split(':')[0]?.split(' ') ?? []);
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([]);
  },
);
