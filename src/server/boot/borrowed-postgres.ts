import type { Log } from '../log.ts';
import { readPasswords } from './cluster.ts';
import { superuserUrl } from './own-server.ts';
import { readOwner } from './owner-lock.ts';
import { isServerOf, readPostmaster } from './postmaster-file.ts';

/**
 * The address of a server that a running Rapport owns, for a command that works beside it; null when there is
 * none, or its owner is dead.
 */
export async function borrowedPostgres(dataDir: string, log: Log): Promise<string | null> {
  const said = await readPostmaster(dataDir);
  const passwords = await readPasswords(dataDir);
  if (!said?.isReady || !passwords || !(await isServerOf(said.pid, dataDir))) return null;
  try {
    const owner = await readOwner(superuserUrl(said.port, passwords));
    if (owner === null) return null;
    log.debug(`Using the database of the running Rapport (${owner})`);
    return `postgresql://rapport:${passwords.rapport}@127.0.0.1:${said.port}/rapport`;
  } catch {
    return null;
  }
}
