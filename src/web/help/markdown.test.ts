import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocksOf } from './markdown.ts';

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

  it('about expressions is read whole: nothing of its marks is left in the text', () => {
    const blocks = blocksOf(readFileSync(new URL('../../../docs/expressions.md', import.meta.url), 'utf8'));
    expect(blocks.filter(({ is }) => is === 'table').length).toBeGreaterThan(3);
    const texts = blocks
      .flatMap((block) => ('of' in block ? block.of : []))
      .filter(({ is }) => is === 'text');
    expect(texts.filter(({ text }) => /^#|```|^\|/.test(text))).toEqual([]);
  });
});
