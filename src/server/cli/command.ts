/** What a command is run with. */
export interface CommandRun {
  /** What stands after the command's name. */
  readonly args: readonly string[];
  /** Writes a line of the answer to standard output. */
  readonly out: (line: string) => void;
  /** Writes a line for the person who waits to standard error. */
  readonly note: (line: string) => void;
}

/** A command of the command line. */
export interface Command {
  /** `user add`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** Options and examples, for `help NAME`. */
  readonly details: string;
  /** Runs it and answers the exit code. */
  run(run: CommandRun): Promise<number>;
}

/** A mistake in how a command was called; the program says it and exits with 2. */
export class UsageError extends Error {}

/** What the command found wrong with what it was given; the program says it and exits with 1. */
export class CommandFailed extends Error {}
