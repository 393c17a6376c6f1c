/** Counts by name within windows of time that all names share. */
export interface Counter {
  /** Counts one more; answers how many there were in this window, this one included. */
  add(name: string): number;
  /** How many there were in this window. */
  count(name: string): number;
  isEmpty(): boolean;
  /** Milliseconds until the next window. */
  remaining(): number;
}

/** Most names remembered at once: whoever sends from ever new addresses must not fill the memory. */
const mostNames = 50_000;

/** Makes a counter whose windows last `milliseconds`; with each, all counts start anew. */
export function counter(milliseconds: number, clock: () => number = Date.now): Counter {
  let counts = new Map<string, number>();
  let endsAt = 0;
  const current = (): Map<string, number> => {
    const now = clock();
    if (now >= endsAt || endsAt - now > milliseconds) {
      if (counts.size > 0) counts = new Map();
      endsAt = now + milliseconds;
    }
    return counts;
  };
  return {
    add(name) {
      const known = current();
      const count = (known.get(name) ?? 0) + 1;
      known.set(name, count);
      if (known.size > mostNames) known.delete(known.keys().next().value as string);
      return count;
    },
    count: (name) => current().get(name) ?? 0,
    isEmpty: () => current().size === 0,
    remaining: () => Math.max(0, endsAt - clock()),
  };
}
