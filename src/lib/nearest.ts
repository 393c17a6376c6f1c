import { editDistance } from './edit-distance.ts';
import { fold } from './fold.ts';

/** The candidate a person most likely meant by `word`, or null when none is near enough to be worth naming. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = fold(word.slice(0, 100));
  if (wanted === '') return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
