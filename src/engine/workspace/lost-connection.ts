/** The server ended the connection, was shut down, or the line broke. */
const codes = /^(08...|57P01|57P02|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/** What the driver says, without a code, of a connection that is gone. */
const words =
  /connection terminated|connection ended|connection error and is not queryable|client was closed/i;

/**
 * True when a statement failed because its connection went away. A transaction whose end was not yet asked for is
 * undone then; of a statement by itself, or an end that was asked for, nobody knows.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { readonly code?: unknown };
  if (typeof code === 'string') return codes.test(code);
  return words.test(error.message);
}
