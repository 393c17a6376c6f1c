import { expect, test } from 'vitest';
import { anyLabel, fieldOf, outcome, readEnv } from '../../../test/harness/field.ts';
import { url, urlField } from './url.ts';

const field = fieldOf(url(anyLabel));
const read = (input: unknown) => outcome(urlField.read(input, field, readEnv));

test('what a browser shouldn’t open is refused', () => {
  for (const input of [
    'javascript:alert(1)',
    'ftp://example.org',
    'mailto:a@example.org',
    'data:text/html,x',
    'JaVaScRiPt:alert(1)',
  ]) {
    expect(read(input)).toEqual(['url-scheme']);
  }
  for (const input of [
    'example',
    'not a url',
    'https://',
    'http://exa mple.org',
    'https://.',
    '???',
    'https:example.org',
  ]) {
    expect(read(input)).toEqual(['url-unknown']);
  }
  expect(read(`https://example.org/${'x'.repeat(2000)}`)).toEqual(['text-too-long']);
});

test('an address without scheme gets https, others are kept as typed', () => {
  expect(read('www.acme.com')).toBe('https://www.acme.com');
  expect(read('example.org:8080/x')).toBe('https://example.org:8080/x');
  expect(read('http://www.acme.com/')).toBe('http://www.acme.com/');
  expect(read('https://müller.de/über?q=1#a')).toBe('https://müller.de/über?q=1#a');
  expect(read('http://localhost:3000')).toBe('http://localhost:3000');
});
