/** Letters of a word that its keys are made of; what lies behind is compared once a word was found. */
const counted = 7;

/** Words of so many letters may be mistyped twice. */
const twice = 8;

/** What is as short as this is mistyped into too many other words. */
const shortest = 3;

/** Mistakes in typing that are forgiven of a word as it is written in a record. */
export const forgiven = (word: string): number => (letters(word).length < twice ? 1 : 2);

/** Words that can be mistyped: numbers aren't, since every other number is one too. */
export const isForgiving = (word: string): boolean =>
  /^\p{L}+$/u.test(word) && letters(word).length >= shortest;

/**
 * The keys under which a word stands among the known ones: its beginning, and that with one letter left out, or two
 * of a long word. Words that differ by no more mistakes than are forgiven share a key, whatever the mistakes are:
 * what is left when the letters in question are left out of both.
 */
export const keysOfWord = (word: string): readonly string[] => keys(word, forgiven(word));

/** The keys under which to look for what was meant by a word typed: two letters may be missing in it. */
export const keysOfTyped = (word: string): readonly string[] =>
  keys(word, letters(word).length < twice - 1 ? 1 : 2);

function keys(word: string, most: number): readonly string[] {
  const found = new Set([letters(word).slice(0, counted).join('')]);
  let last: readonly string[] = [...found];
  for (let gone = 0; gone < most; gone += 1) {
    last = last.flatMap((key) => {
      const those = letters(key);
      return those.map((_, at) => those.toSpliced(at, 1).join(''));
    });
    for (const key of last) if (key !== '') found.add(key);
  }
  return [...found];
}

const letters = (word: string): readonly string[] => [...word];
