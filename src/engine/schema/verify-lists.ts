import type { BaseList } from '../../model/base-list.ts';

const code = /^[a-z0-9][a-z0-9-]*$/;

/** Mistakes in base-value lists: codes, classes, probabilities. */
export const verifyLists = (lists: readonly BaseList[]): readonly string[] => lists.flatMap(listMistakes);

function listMistakes(list: BaseList): readonly string[] {
  const mistakes: string[] = [];
  const classes = new Set((list.classes ?? []).map((one) => one.code));
  const codes = new Set<string>();
  for (const value of list.values) {
    const where = `the list ${list.name}, value “${value.code}”`;
    if (!code.test(value.code) || value.code.length > 60) {
      mistakes.push(`${where}: a code is at most 60 small letters, digits and hyphens`);
    }
    if (codes.has(value.code)) mistakes.push(`${where}: declared twice`);
    codes.add(value.code);
    if (value.class !== undefined && !classes.has(value.class)) {
      mistakes.push(
        `${where}: “${value.class}” isn’t a class of the list (${[...classes].join(', ') || 'it has none'})`,
      );
    }
    if (value.probability !== undefined && !list.hasProbability) {
      mistakes.push(`${where}: has a probability, but the list has none (hasProbability)`);
    }
    if (value.probability !== undefined && !/^(100|\d{1,2})(\.\d{1,2})?$/.test(value.probability)) {
      mistakes.push(`${where}: the probability ${value.probability} isn’t a percentage from 0 to 100`);
    }
  }
  return mistakes;
}
