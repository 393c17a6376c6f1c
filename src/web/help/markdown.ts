/** A piece of a line of text. */
export type Span =
  | { readonly is: 'text' | 'strong' | 'em' | 'code'; readonly text: string }
  | { readonly is: 'link'; readonly text: string; readonly to: string };

/** A block of a page. */
export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly of: readonly Span[] }
  | { readonly is: 'paragraph'; readonly of: readonly Span[] }
  | { readonly is: 'code'; readonly info: string; readonly text: string }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly is: 'table'; readonly rows: readonly (readonly (readonly Span[])[])[] };

/** The place in a page that a heading of these words is. */
export const slug = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

/** Reads the little of Markdown that our own pages are written in. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = page.split('\n');
  const takeWhile = (isPart: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (lines[0] !== undefined && isPart(lines[0])) taken.push(lines.shift() ?? '');
    return taken;
  };
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    const heading = /^(#{1,4}) (.*)$/.exec(line);
    if (line.trim() === '') lines.shift();
    else if (heading) {
      lines.shift();
      blocks.push({ is: 'heading', level: heading[1]?.length ?? 1, of: spansOf(heading[2] ?? '') });
    } else if (line.startsWith('```')) {
      lines.shift();
      const text = takeWhile((each) => !each.startsWith('```')).join('\n');
      lines.shift();
      blocks.push({ is: 'code', info: line.slice(3), text });
    } else if (line.startsWith('|')) {
      const rows = takeWhile((each) => each.startsWith('|')).filter((each) => !/^[|\s:-]+$/.test(each));
      blocks.push({ is: 'table', rows: rows.map((row) => cellsOf(row).map(spansOf)) });
    } else if (/^(?:-|\d+\.) /.test(line)) {
      const items = takeWhile((each) => /^(?:-|\d+\.) | {2,}\S/.test(each)).reduce<string[]>((all, each) => {
        if (/^\s/.test(each)) all.push(`${all.pop() ?? ''} ${each.trim()}`);
        else all.push(each.replace(/^(?:-|\d+\.) /, ''));
        return all;
      }, []);
      blocks.push({ is: 'list', ordered: /^\d/.test(line), items: items.map(spansOf) });
    } else {
      const text = takeWhile((each) => each.trim() !== '' && !/^(?:```|#|\||- )/.test(each)).join(' ');
      blocks.push({ is: 'paragraph', of: spansOf(text) });
    }
  }
  return blocks;
}

const cellsOf = (row: string): readonly string[] =>
  row
    .slice(1, row.trimEnd().endsWith('|') ? row.trimEnd().length - 1 : undefined)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const span =
  /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<em>[^*]+)\*|\[(?<link>[^\]]+)\]\((?<to>[^)]+)\)/g;

function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(span)) {
    if (match.index > at) spans.push({ is: 'text', text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const { code, strong, em, link, to } = match.groups ?? {};
    if (code !== undefined) spans.push({ is: 'code', text: code });
    else if (strong !== undefined) spans.push({ is: 'strong', text: strong });
    else if (em !== undefined) spans.push({ is: 'em', text: em });
    else spans.push({ is: 'link', text: link ?? '', to: to ?? '' });
  }
  if (at < text.length) spans.push({ is: 'text', text: text.slice(at) });
  return spans;
}
