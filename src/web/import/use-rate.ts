import { useEffect, useRef, useState } from 'react';

/** The past that a rate is measured over, in milliseconds. */
const windowMs = 8000;

/** How many a second are dealt with, over the last seconds; null until it can be told. */
export function useRate(done: number): number | null {
  const seen = useRef<{ at: number; done: number }[]>([]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const now = performance.now();
    const before = seen.current;
    // A smaller number is another job: nothing seen before counts.
    const known = before.length > 0 && done < (before.at(-1)?.done ?? 0) ? [] : before;
    seen.current = [...known.filter(({ at }) => now - at <= windowMs), { at: now, done }];
    const first = seen.current[0];
    if (first && now - first.at > 400) setRate(((done - first.done) / (now - first.at)) * 1000);
  }, [done]);
  return rate;
}
