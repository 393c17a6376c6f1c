/** A start that can't go on, in words for whoever started it: what is wrong and what to do. */
export class StartError extends Error {
  /** What the process exits with: 1, or 2 when the configuration is at fault. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'StartError';
    this.exitCode = exitCode;
  }
}

/** What an unknown thrown value says. */
export const saying = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The stable code of a thrown value: an errno such as `ENOENT`, or PostgreSQL's SQLSTATE such as `57P03`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
