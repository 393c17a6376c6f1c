import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeOf, sourceFiles } from '../../scripts/source-files.ts';
import { locales } from '../../src/lib/locale.ts';
import { allMessages, type Message } from '../../src/lib/message.ts';
import { project } from './sample-project.ts';
import { mistakesOfText, places } from './typography.ts';

const declaresMessages = (path: string): boolean =>
  !/\.test\.tsx?$|\.tsx$|^src\/lib\/message\.ts$/.test(path) &&
  /(?<![\w.])message\(/.test(codeOf(project, path));

const declaration = /(?<![\w.])message\(\s*'([^']+)',\s*(['"])((?:(?!\2).)*)\2/g;
const files = sourceFiles(project, ['src'], ['.ts']).filter(declaresMessages);

function isClash(error: unknown): void {
  if (!(error instanceof Error && error.message.endsWith('is declared twice'))) throw error;
}

describe('the messages of the server', () => {
  let messages: readonly Message[];

  beforeAll(async () => {
    // A clash of codes fails the import of the later file; the first test tells which, so it is passed over here.
    for (const path of files) await import(/* @vite-ignore */ join(project, path)).catch(isClash);
    messages = allMessages();
  });

  test('mean one thing each: no code is declared with two texts', () => {
    const declared = files.flatMap((path) =>
      [...codeOf(project, path).matchAll(declaration)].map(([, code = '', , text = '']) => ({
        code,
        text,
        path,
      })),
    );
    const clashes = declared.flatMap((one) =>
      declared.filter((other) => other.code === one.code && other.text !== one.text && one.path < other.path),
    );
    expect(clashes.map(({ code, path }) => `${code} in ${path}`)).toEqual([]);
  });

  test('are found', () => {
    expect(messages.map(({ code }) => code)).toContain('malformed');
  });

  test('speak every language properly', () => {
    const mistakes = messages.flatMap(({ code, text }) =>
      locales.flatMap((locale) =>
        mistakesOfText(locale, text[locale]).map((mistake) => `${code}.${locale}: ${mistake}`),
      ),
    );
    expect(mistakes).toEqual([]);
  });

  test('have the same {places} in every language', () => {
    const uneven = messages.filter(
      ({ text }) => new Set(locales.map((locale) => places(text[locale]))).size > 1,
    );
    expect(uneven.map(({ code }) => code)).toEqual([]);
  });
});
