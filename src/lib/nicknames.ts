import { fold } from './fold.ts';
import { englishNicknames } from './nicknames.en.ts';
import { spanishNicknames } from './nicknames.es.ts';
import { frenchNicknames } from './nicknames.fr.ts';

/** What people are called: the names of one line are spellings of one name, what follows `:` is short for it. */
interface Line {
  readonly names: ReadonlySet<string>;
  readonly called: ReadonlySet<string>;
}

/** `same`: two spellings of a name; `called`: one is short for the other; `both`: two that are short for one name. */
type Told = 'same' | 'called' | 'both';

const linesOf = new Map<string, Set<Line>>();
for (const text of [englishNicknames, frenchNicknames, spanishNicknames]) {
  for (const written of text.trim().split('\n')) {
    const [names, called] = written.split(':').map(folded);
    if (!names || !called)
      throw new Error(`“${written}” must be names, a colon, and what people of them are called`);
    for (const name of [...names, ...called]) {
      const known = linesOf.get(name) ?? new Set<Line>();
      known.add({ names, called });
      linesOf.set(name, known);
    }
  }
}

function folded(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(' ')
      .map(fold)
      .filter((word) => word !== ''),
  );
}

/**
 * Whether one folded first name is what people of another are called: Bill and William, Pepe and José, Liz and Beth. A
 * name of several words is written in one: `josemaria`. Null when nothing tells that.
 */
export function nicknameOf(one: string, other: string): Told | null {
  if (one === other) return null;
  const told = [...(linesOf.get(one) ?? [])].flatMap(({ names, called }): Told[] => {
    if (names.has(other)) return names.has(one) ? ['same'] : ['called'];
    if (!called.has(other)) return [];
    return names.has(one) ? ['called'] : ['both'];
  });
  return told.find((each) => each === 'same') ?? told.find((each) => each === 'called') ?? told[0] ?? null;
}
