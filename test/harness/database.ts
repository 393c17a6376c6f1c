import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { TestServer } from './database-server.ts';
import { onDatabase, template, withDatabase } from './database-server.ts';

/** A database of a test's own. */
export interface TestDatabase {
  /** Its address, as the role that owns it and is no superuser. */
  readonly url: string;
  /** Drops it, connections to it included. */
  close(): Promise<void>;
}

/**
 * A fresh database for the calling test file: a clone of the migrated template (some 60 ms), or with
 * `{ empty: true }` one that holds nothing. Close it in `afterAll`.
 */
export async function testDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const { url, superuserUrl } = await askKeeper();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const owner = new URL(url).username;
  await onDatabase(superuserUrl, (client) =>
    client.query(
      `create database ${name} owner ${client.escapeIdentifier(owner)} template ${options.empty ? 'template1' : template}`,
    ),
  );
  return {
    url: withDatabase(url, name),
    close: () =>
      onDatabase(superuserUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function askKeeper(): Promise<TestServer> {
  const response = await fetch(inject('databaseKeeper'));
  const said = await response.text();
  if (!response.ok) throw new Error(`the test database did not start: ${said}`);
  return JSON.parse(said) as TestServer;
}
