import { describe, expect, test } from 'vitest';
import type { Locale } from '../../src/lib/locale.ts';
import { mistakesOfText } from './typography.ts';

const wrong: readonly (readonly [Locale, string])[] = [
  ['en', ''],
  ['en', ' Save'],
  ['en', "You can't"],
  ['en', 'More is coming soon'],
  ['fr', 'Supprimer ?'],
  ['fr', 'Supprimer?'],
  ['fr', 'Attention:'],
  ['fr', '« Compte »'],
  ['es', 'Eliminar?'],
  ['es', 'Cuidado!'],
];

const right: readonly (readonly [Locale, string])[] = [
  ['en', 'Can’t this be removed? At 10:30!'],
  [
    'fr',
    'Supprimer\u00a0? Attention\u202f: à 10:30, « compte »'.replace('« compte »', '«\u00a0compte\u00a0»'),
  ],
  ['fr', 'https://exemple.fr/?page=1'],
  ['es', '¿Eliminar? ¡Cuidado! A las 10:30'],
];

describe('the writing of texts', () => {
  test.each(wrong)('in %s is not taken as %j', (locale, text) => {
    expect(mistakesOfText(locale, text)).not.toEqual([]);
  });

  test.each(right)('in %s is taken as %j', (locale, text) => {
    expect(mistakesOfText(locale, text)).toEqual([]);
  });
});
