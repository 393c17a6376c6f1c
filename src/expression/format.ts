import type { SyntaxNode } from '@lezer/common';
import { functionNames } from './functions.ts';
import { childrenOf, parseSyntax } from './syntax.ts';

/** Longer expressions get a line for each of their outermost conditions. */
const longestLine = 100;

/**
 * Writes an expression in its one tidy form: single spaces, words in small letters, one way of writing each sign.
 * Names, codes and texts stay as they are, and so does what the expression means; one that can't be read stays too.
 */
export function format(text: string): string {
  const syntax = parseSyntax(text);
  const top = 'tree' in syntax ? syntax.tree.topNode.firstChild : null;
  if (!top) return text;
  const line = written(top, text);
  if (line.length <= longestLine || (top.name !== 'And' && top.name !== 'Or')) return line;
  return joined(top, text, `\n${top.name.toLowerCase()} `);
}

const signs: Readonly<Record<string, string>> = { '!=': '<>', '≠': '<>', '≤': '<=', '≥': '>=', '−': '-' };

function written(node: SyntaxNode, text: string): string {
  const source = text.slice(node.from, node.to);
  const children = childrenOf(node);
  const parts = (): string[] => children.map((child) => written(child, text));
  const negated = node.getChild('Negated') ? 'not ' : '';
  const [first = '', last = ''] = [children[0], children.at(-1)].map((child) =>
    child ? written(child, text) : '',
  );
  switch (node.name) {
    case 'And':
    case 'Or':
      return joined(node, text, ` ${node.name.toLowerCase()} `);
    case 'Not':
      return `not ${last}`;
    case 'Compare':
    case 'Arithmetic':
      return parts().join(' ');
    case 'In':
      return `${first} ${negated}in ${last}`;
    case 'Match':
      return `${first} ${negated}${written(node.getChild('MatchOp') ?? node, text)} ${last}`;
    case 'Empty':
      return `${first} is ${negated}empty`;
    case 'MatchOp':
    case 'MyTeams':
      return source.toLowerCase().replace(/\s+/gu, ' ');
    case 'Boolean':
      return source.toLowerCase();
    case 'Negative':
      return `-${last}`;
    case 'Parens':
      return `(${parts().join(', ')})`;
    case 'Call': {
      const name = text.slice(node.from, node.firstChild?.to).toLowerCase();
      return (functionNames.includes(name) ? name : first) + last;
    }
    case 'Quantity':
      return `${first} ${last.toLowerCase()}`;
    case 'Path':
      return parts().join('.');
    case 'Range':
      return parts().join('');
    default:
      return signs[source] ?? source;
  }
}

const joined = (node: SyntaxNode, text: string, by: string): string =>
  childrenOf(node)
    .map((child) => written(child, text))
    .join(by);
