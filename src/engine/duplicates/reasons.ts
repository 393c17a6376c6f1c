import type { Locale } from '../../lib/locale.ts';
import { message, tell } from '../../lib/message.ts';
import type { DuplicateReason } from '../../model/duplicate.ts';
import type { Point } from './score.ts';

const same = message('duplicate-same', 'Same: {fields}', 'Identique : {fields}', 'Coincide: {fields}');
const similar = message('duplicate-similar', 'Similar: {fields}', 'Proche : {fields}', 'Parecido: {fields}');
const different = message(
  'duplicate-different',
  'Different: {fields}',
  'Différent : {fields}',
  'Distinto: {fields}',
);

/** What speaks for and against two records being the same, the weightiest first. */
export const reasonsOf = (points: readonly Point[], locale: Locale): readonly DuplicateReason[] =>
  [...points]
    .sort((a, b) => b.points - a.points)
    .map(({ criterion, fields, likeness, points: count }) => ({
      criterion,
      fields: fields.map(({ name }) => name),
      points: count,
      message: tell(locale, likeness < 0 ? different : likeness < 0.95 ? similar : same, {
        fields: fields.map(({ label }) => label[locale]).join(', '),
      }),
    }));
