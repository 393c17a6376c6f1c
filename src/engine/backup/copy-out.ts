import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Rows are passed on in blocks of about this many bytes. */
const blockSize = 256 * 1024;

/**
 * Runs a `copy … to stdout` and passes its text on in blocks, reading no further while one is being taken, so that
 * memory stays flat; answers how many rows there were. When it throws, the connection is in the middle of the copy:
 * it has to be closed.
 */
export function copyOut(
  client: pg.ClientBase,
  statement: string,
  take: (block: Buffer) => Promise<void>,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let stream: Duplex | null = null;
  let parts: Buffer[] = [];
  let size = 0;
  let rows = 0;
  let taking = Promise.resolve();
  const pass = (): void => {
    const block = Buffer.concat(parts, size);
    [parts, size] = [[], 0];
    stream?.pause();
    taking = taking.then(() => take(block)).then(() => void stream?.resume());
    taking.catch(reject);
  };
  const query = {
    submit(connection: pg.Connection): void {
      stream = connection.stream;
      connection.query(statement);
    },
    handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
      // The parser reuses the memory behind it. Each message is one row.
      parts.push(Buffer.from(chunk));
      size += chunk.length;
      rows += 1;
      if (size >= blockSize) pass();
    },
    handleCommandComplete(): void {
      if (size > 0) pass();
    },
    handleReadyForQuery(): void {
      taking.then(() => resolve(rows), reject);
    },
    handleError(error: Error): void {
      reject(error);
    },
  };
  client.query(query);
  return promise;
}
