/**
 * Signals that arrive this soon after the first are the same wish: npm, the shell and the terminal each pass
 * on one Ctrl-C.
 */
const sameWish = 1000;

/**
 * Calls `stop` with the first SIGINT, SIGTERM or SIGHUP, and `force` when somebody insists. Answers what
 * takes the listeners away.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void, force: () => void): () => void {
  let first: number | null = null;
  const hear = (signal: NodeJS.Signals): void => {
    if (first === null) {
      first = Date.now();
      stop(signal);
    } else if (Date.now() - first > sameWish) {
      force();
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hear);
  return () => {
    for (const signal of signals) process.off(signal, hear);
  };
}
