/** A piece of text in LN's notation. */
export interface LnToken {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end' | 'strange';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const token =
  /(\s+|\|[^\n]*)|([A-Za-z_]\w*(?:\.\w+)*)|(\d+(?:\.\d+)?)|("(?:[^"]|"")*")|(\.\.\.|<>|<=|>=|[-=<>+*/\\(),])/y;
const kinds = ['', 'space', 'name', 'number', 'text', 'sign'] as const;

/** Cuts a text into its pieces; from a vertical bar to the end of the line it says nothing. */
export function lnTokens(text: string): readonly LnToken[] {
  const tokens: LnToken[] = [];
  token.lastIndex = 0;
  let from = 0;
  while (from < text.length) {
    token.lastIndex = from;
    const match = token.exec(text);
    const kind = match ? kinds[match.findIndex((part, at) => at > 0 && part !== undefined)] : undefined;
    const to = match ? from + match[0].length : text[from] === '"' ? text.length : from + 1;
    if (kind !== 'space') tokens.push({ kind: kind || 'strange', text: text.slice(from, to), from, to });
    from = to;
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}
