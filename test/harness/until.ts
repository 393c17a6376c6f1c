import { setTimeout as sleep } from 'node:timers/promises';

/** Ends what hangs, with the state it hangs in: shorter than a test's own limit, longer than any machine needs. */
const patience = 150_000;

/**
 * Asks again and again until the answer is one that was waited for, and answers that. For work that goes on beside the
 * test: how long it takes is the machine's business, never the test's.
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  isWaitedFor: (answer: T) => boolean,
  every = 25,
): Promise<T> {
  for (const begun = Date.now(); ; await sleep(every)) {
    const answer = await ask();
    if (isWaitedFor(answer)) return answer;
    if (Date.now() - begun > patience)
      throw new Error(`what was waited for never came; last there was ${JSON.stringify(answer)}`);
  }
}

/** Waits until long work, of which `ask` answers how far it is, has come to an end; answers how it ended. */
export const settled = <T extends { readonly isBusy: boolean }>(ask: () => Promise<T>): Promise<T> =>
  until(ask, ({ isBusy }) => !isBusy);
