import { once } from 'node:events';
import type pg from 'pg';

/** The part of PostgreSQL's copy protocol that pg's connection has and its published types leave out. */
type CopyConnection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/**
 * Runs a `copy … from stdin` on what `source` gives, no faster than the server takes it; answers how many rows there
 * were. What `source` throws ends the copy and is thrown on.
 */
export function copyIn(
  client: pg.ClientBase,
  statement: string,
  source: AsyncIterable<Buffer>,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const over = new AbortController();
  let rows = 0;
  let failure: unknown = null;
  const send = async (connection: CopyConnection): Promise<void> => {
    try {
      for await (const block of source) {
        if (over.signal.aborted) return;
        connection.sendCopyFromChunk(block);
        if (connection.stream.writableNeedDrain)
          await once(connection.stream, 'drain', { signal: over.signal });
      }
      connection.endCopyFrom();
    } catch (error) {
      if (over.signal.aborted) return;
      failure = error;
      connection.sendCopyFail('the source of the copy failed');
    }
  };
  const query = {
    submit(connection: pg.Connection): void {
      connection.query(statement);
    },
    handleCopyInResponse(connection: CopyConnection): void {
      void send(connection);
    },
    handleCommandComplete({ text }: { readonly text: string }): void {
      rows = Number(/\d+$/.exec(text)?.[0] ?? 0);
    },
    handleReadyForQuery(): void {
      resolve(rows);
    },
    handleError(error: Error): void {
      over.abort();
      reject(failure ?? error);
    },
  };
  client.query(query);
  return promise;
}
