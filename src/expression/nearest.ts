import { fold } from '../lib/fold.ts';
import { nearest as nearestOne } from '../lib/nearest.ts';

/** The names a person may have meant, best first, at most three: those that begin so, then those spelt alike. */
export function nearest(written: string, names: Iterable<string>): readonly string[] {
  const left = new Set(names);
  const wanted = fold(written.slice(0, 100));
  const same = [...left].filter((name) => fold(name) === wanted);
  if (same.length > 0) return same.slice(0, 3);
  const found =
    wanted.length < 3 ? [] : [...left].filter((name) => fold(name).startsWith(wanted)).slice(0, 3);
  for (const name of found) left.delete(name);
  while (found.length < 3) {
    const name = nearestOne(written, left);
    if (name === null) break;
    found.push(name);
    left.delete(name);
  }
  return found;
}
