import { expect, test } from 'vitest';
import { emailLikeness, tellingName } from './likeness.ts';

test.each([
  ['amy@example.org', 'ben@example.org', -1],
  ['info@north.example', 'info@south.example', -1],
  ['amy@north.example', 'amy@south.example', -1],
  ['jan@example.org', 'jun@example.org', -1],
  ['amy.diaz21@example.org', 'amy.diaz22@example.org', -1],
  ['amy.diaz@north.example', 'amy.diaz@south.example', 0.5],
  ['mgreenecg@i2i.jp', 'mgrenecg@i2i.jp', 0.7],
  ['amy.diaz@gmail.com', 'amy.diaz@gmial.com', 0.85],
  ['amy.diaz@gmail.com', 'amydiaz+news@gmail.com', 0.85],
  ['Amy@Example.ORG', 'amy@example.org', 1],
])('%s and %s are alike to %d', (one, other, likeness) => {
  expect([emailLikeness(one, other), emailLikeness(other, one)]).toEqual([likeness, likeness]);
});

test('an office’s name before the @ is nobody’s', () => {
  expect(['Info@a.example', 'amy@a.example', 'Amy.Diaz@a.example'].map(tellingName)).toEqual([
    null,
    null,
    'amy.diaz',
  ]);
});
