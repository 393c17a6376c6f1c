import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/server/boot/start-postgres.ts';
import { openLog } from '../../src/server/log.ts';
import type { TestServer } from './database-server.ts';
import { onDatabase, template, withDatabase } from './database-server.ts';
import { clearLeftovers, runPrefix } from './leftovers.ts';
import { prepareTemplate } from './template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test asks for the one PostgreSQL of this run; asking starts it. */
    databaseKeeper: string;
  }
}

/**
 * Keeps one PostgreSQL for the whole run. It starts when the first test asks for it, so that tests which
 * need no database don't wait for one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<RunningServer> | null = null;
  const keeper = createServer((_request, response) => {
    running ??= startServer();
    running.then(
      ({ server }) => response.end(JSON.stringify(server)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  const address = keeper.address();
  if (address === null || typeof address === 'string')
    throw new Error('the keeper of the test database has no port');
  project.provide('databaseKeeper', `http://127.0.0.1:${address.port}/`);
  return async () => {
    keeper.close();
    keeper.closeAllConnections();
    const server = await running?.catch(() => null);
    await server?.stop();
  };
}

interface RunningServer {
  readonly server: TestServer;
  stop(): Promise<void>;
}

async function startServer(): Promise<RunningServer> {
  await clearLeftovers();
  const folder = await mkdtemp(runPrefix);
  // When root runs the tests, PostgreSQL runs under another account, which must be able to enter here.
  await chmod(folder, 0o755);
  const log = await openLog('silent');
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log, durable: false });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const owner = new URL(postgres.url).username;
    await onDatabase(postgres.superuserUrl, (client) =>
      client.query(
        `create database ${client.escapeIdentifier(template)} owner ${client.escapeIdentifier(owner)}`,
      ),
    );
    await prepareTemplate(withDatabase(postgres.url, template));
    return { server: { url: postgres.url, superuserUrl: postgres.superuserUrl }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
