import { expect, test } from 'vitest';
import { frenchSpaces } from './french-spaces.ts';

test('leaves what has no space as it is', () => {
  for (const text of ['', 'à 10:30', 'https://exemple.fr/?page=1', 'trois mots simples', 'le 12 2026']) {
    expect(frenchSpaces(text)).toBe(text);
  }
});

test('keeps punctuation with the word before it', () => {
  expect(frenchSpaces('Supprimer ? Oui ; non : si ! 20 %')).toBe(
    'Supprimer\u00a0? Oui\u00a0; non\u00a0: si\u00a0! 20\u00a0%',
  );
});

test('keeps quotes with what they quote, and thousands together', () => {
  expect(frenchSpaces('« {name} » dépasse 1 000 000')).toBe(
    '«\u00a0{name}\u00a0» dépasse 1\u00a0000\u00a0000',
  );
});
