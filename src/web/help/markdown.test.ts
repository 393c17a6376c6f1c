import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mistakesOfText } from '../../../test/structure/typography.ts';
import type { Locale } from '../../lib/locale.ts';
import { type Block, blocksOf, type Span, slug } from './markdown.ts';

const languages = ['en', 'fr', 'es'] as const;

const pageIn = (locale: Locale): readonly Block[] => {
  const name = locale === 'en' ? 'expressions.md' : `expressions.${locale}.md`;
  return blocksOf(readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'));
};

/** The texts of a page, each whole. */
const spansOf = (blocks: readonly Block[]): readonly (readonly Span[])[] =>
  blocks.flatMap((block) => {
    if (block.is === 'code') return [];
    if (block.is === 'list') return block.items;
    return block.is === 'table' ? block.rows.flat() : [block.of];
  });

describe('a page of ours', () => {
  it('is read into headings, text, code, lists and tables', () => {
    const page = [
      '# A *page*',
      '',
      'Two lines',
      'of `code` and [a link](to.md).',
      '```expression account true',
      'a | b',
      '```',
      '1. one',
      '   more',
      '2. **two**',
      '',
      '| a | b |',
      '|---|---|',
      '| `x` | y \\| z |',
    ];
    expect(blocksOf(page.join('\n'))).toEqual([
      {
        is: 'heading',
        level: 1,
        of: [
          { is: 'text', text: 'A ' },
          { is: 'em', text: 'page' },
        ],
      },
      {
        is: 'paragraph',
        of: [
          { is: 'text', text: 'Two lines of ' },
          { is: 'code', text: 'code' },
          { is: 'text', text: ' and ' },
          { is: 'link', text: 'a link', to: 'to.md' },
          { is: 'text', text: '.' },
        ],
      },
      { is: 'code', info: 'expression account true', text: 'a | b' },
      {
        is: 'list',
        ordered: true,
        items: [[{ is: 'text', text: 'one more' }], [{ is: 'strong', text: 'two' }]],
      },
      {
        is: 'table',
        rows: [
          [[{ is: 'text', text: 'a' }], [{ is: 'text', text: 'b' }]],
          [[{ is: 'code', text: 'x' }], [{ is: 'text', text: 'y | z' }]],
        ],
      },
    ]);
  });

  it.each(languages)(
    'about expressions is read whole in %s: nothing of its marks is left in the text',
    (locale) => {
      const blocks = pageIn(locale);
      expect(blocks.filter(({ is }) => is === 'table').length).toBeGreaterThan(3);
      const texts = blocks
        .flatMap((block) => ('of' in block ? block.of : []))
        .filter(({ is }) => is === 'text');
      expect(texts.filter(({ text }) => /^#|```|^\||@@/.test(text))).toEqual([]);
    },
  );

  it.each(['fr', 'es'] as const)(
    'about expressions says the same in %s: the same parts in the same order, the same examples to the letter',
    (locale) => {
      const shape = (blocks: readonly Block[]) =>
        blocks.map((block) => {
          if (block.is === 'code') return block;
          if (block.is === 'heading') return block.level;
          if (block.is === 'table') return block.rows.map((row) => row.map(() => 'cell'));
          return block.is === 'list' ? block.items.length : block.is;
        });
      expect(shape(pageIn(locale))).toEqual(shape(pageIn('en')));
      const codes = (blocks: readonly Block[]) =>
        new Set(
          spansOf(blocks)
            .flat()
            .filter(({ is }) => is === 'code')
            .map(({ text }) => text),
        );
      expect([...codes(pageIn(locale))].filter((code) => !codes(pageIn('en')).has(code))).toEqual([]);
    },
  );

  it.each(['fr', 'es'] as const)('about expressions is written as one writes in %s', (locale) => {
    const lines = spansOf(pageIn(locale)).map((spans) =>
      spans.map(({ is, text }) => (is === 'code' ? 'x' : text)).join(''),
    );
    expect(lines.flatMap((line) => mistakesOfText(locale, line))).toEqual([]);
  });

  it.each(languages)(
    'about expressions leads from word to word in %s only where there is something',
    (locale) => {
      const blocks = pageIn(locale);
      const links = spansOf(blocks)
        .flat()
        .flatMap((span) => (span.is === 'link' ? [span.to] : []));
      const places = blocks.flatMap((block) =>
        block.is === 'heading' ? [`#${slug(block.of.map(({ text }) => text).join(''))}`] : [],
      );
      expect(links.length).toBeGreaterThan(0);
      expect(links.filter((to) => !places.includes(to))).toEqual([]);
    },
  );
});
