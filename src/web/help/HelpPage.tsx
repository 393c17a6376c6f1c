import { Suspense, use } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../web-kit/ui/PageHeader.tsx';
import { Pending } from '../app/Pending.tsx';
import classes from './HelpPage.module.css';
import { helpText } from './help-text.ts';
import { type Block, type Span, slug } from './markdown.ts';

/** How expressions are written, in the reader’s language: the pages that come with the program, whose examples are its tests. */
export function HelpPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('expression.help')} />
      <Suspense fallback={<Pending />}>
        <HelpText />
      </Suspense>
    </>
  );
}

function HelpText() {
  const { t, i18n } = useTranslation();
  const blocks = use(helpText(i18n.language));
  const sections = blocks.flatMap((block) =>
    block.is === 'heading' && block.level === 2 ? [wordsOf(block.of)] : [],
  );
  return (
    <div className={classes.page}>
      <nav className={classes.contents} aria-label={t('expression.contents')}>
        {sections.map((words) => (
          <a key={words} href={`#${slug(words)}`}>
            {words}
          </a>
        ))}
      </nav>
      <article className={classes.article}>
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
          <BlockView key={at} block={block} />
        ))}
      </article>
    </div>
  );
}

function wordsOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** What the examples are marked with. */
const signs = { true: '✓', false: '✗', refused: '!', change: '✓' } as const;

const isAnswer = (word: string | undefined): word is keyof typeof signs =>
  word !== undefined && Object.hasOwn(signs, word);

function BlockView({ block }: { readonly block: Block }) {
  const { t } = useTranslation();
  switch (block.is) {
    case 'heading': {
      const Tag = block.level === 2 ? 'h2' : 'h3';
      return (
        <Tag id={slug(wordsOf(block.of))}>
          <Spans of={block.of} />
        </Tag>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Spans of={block.of} />
        </p>
      );
    case 'code': {
      const answer = block.info.split(' ')[2];
      return (
        <pre data-answer={answer}>
          {isAnswer(answer) ? (
            <span className={classes.answer}>
              {signs[answer]} {t(`expression.answer.${answer}`)}
            </span>
          ) : null}
          <code>{block.text}</code>
        </pre>
      );
    }
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul';
      return (
        <Tag>
          {block.items.map((item) => (
            <li key={wordsOf(item)}>
              <Spans of={item} />
            </li>
          ))}
        </Tag>
      );
    }
    case 'table':
      return (
        <div className={classes.scroll}>
          <table>
            <thead>
              <Row cells={block.rows[0] ?? []} Cell="th" />
            </thead>
            <tbody>
              {block.rows.slice(1).map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
                <Row key={at} cells={row} Cell="td" />
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Row({ cells, Cell }: { readonly cells: readonly (readonly Span[])[]; readonly Cell: 'td' | 'th' }) {
  return (
    <tr>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
        <Cell key={at}>
          <Spans of={cell} />
        </Cell>
      ))}
    </tr>
  );
}

function Spans({ of }: { readonly of: readonly Span[] }) {
  return of.map((span, at) => {
    const key = `${at} ${span.text}`;
    if (span.is === 'code') return <code key={key}>{span.text}</code>;
    if (span.is === 'strong') return <strong key={key}>{span.text}</strong>;
    if (span.is === 'em') return <em key={key}>{span.text}</em>;
    if (span.is === 'link' && span.to.startsWith('#'))
      return (
        <a key={key} href={span.to}>
          {span.text}
        </a>
      );
    return span.text;
  });
}
