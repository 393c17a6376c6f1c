import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** The unprivileged account that runs PostgreSQL; null is the account that runs Rapport. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** The accounts tried when root starts Rapport, the best first. */
const candidates = ['postgres', '_postgres', 'nobody'];

async function idOf(kind: '-u' | '-g', name: string): Promise<number | null> {
  try {
    const { stdout } = await run('id', [kind, name]);
    const id = Number(stdout.trim());
    return Number.isInteger(id) && id > 0 ? id : null;
  } catch {
    return null;
  }
}

/**
 * Chooses who runs PostgreSQL, which refuses to run as root: the account that starts Rapport, or for root
 * the owner of the existing data, else an unprivileged account of the system.
 */
export async function serverAccount(dataDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(dataDir).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of candidates) {
    const uid = await idOf('-u', name);
    const gid = await idOf('-g', name);
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new StartError(
    `PostgreSQL refuses to run as root, and this system has none of the accounts ${candidates.join(', ')} to run it under. ` +
      'Create one (useradd --system postgres), start Rapport as a normal user, or name another server with DATABASE_URL.',
  );
}

/** How `spawn` is told to run something as `account`. The folder is one that every account can enter. */
export const spawnAs = (account: Account): { cwd: string; uid?: number; gid?: number } => ({
  cwd: '/',
  ...account,
});

/** Whether `account` may enter `folder`, asked of the system itself. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], spawnAs(account));
    return true;
  } catch {
    return false;
  }
}
