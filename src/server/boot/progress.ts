const firstWord = 1000;
const laterWords = 10_000;

/**
 * Waits for `work`, and tells the person at the terminal what is being waited for once it takes longer than a
 * second. It speaks on standard error, so that what a command answers stays clean.
 */
export async function inProgress<T>(what: string, work: Promise<T>): Promise<T> {
  const begun = Date.now();
  let spoke = 0;
  const timer = setInterval(() => {
    const passed = Date.now() - begun;
    if (spoke > 0 && passed - spoke < laterWords) return;
    spoke = passed;
    process.stderr.write(
      `${what} … ${passed < 2 * firstWord ? '' : `(${Math.round(passed / 1000)} s)`}\n`.replace(' \n', '\n'),
    );
  }, firstWord);
  timer.unref();
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
