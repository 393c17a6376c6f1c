/** Tells the person at the terminal what is being done; standard output is left to what was asked for. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a step of the start; when it fails, says why in words and ends the process. */
export async function orExplain(step) {
  try {
    await step();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
