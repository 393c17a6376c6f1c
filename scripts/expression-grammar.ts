import { readFileSync, writeFileSync } from 'node:fs';
import { buildParserFile } from '@lezer/generator';

const folder = new URL('../src/expression/grammar/', import.meta.url);

/** The parser and the term numbers that belong to the committed grammar, as TypeScript text by file name. */
export function generatedGrammar(): Readonly<Record<string, string>> {
  const grammar = readFileSync(new URL('grammar.lezer', folder), 'utf8');
  const { parser, terms } = buildParserFile(grammar, {
    fileName: 'grammar.lezer',
    typeScript: true,
    warn: (warning) => {
      throw new Error(warning);
    },
  });
  return { 'parser.generated.ts': parser, 'terms.generated.ts': keywordTerms(terms) };
}

/** The words' terms alone: those of nodes begin with a capital, and the checker reads nodes by name. */
const keywordTerms = (terms: string): string =>
  terms.replace(/^ +[A-Z]\w* = \d+,?\n?/gm, '').replace(/,\s*$/, '\n');

if (import.meta.main) {
  for (const [name, text] of Object.entries(generatedGrammar())) writeFileSync(new URL(name, folder), text);
}
