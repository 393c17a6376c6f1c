import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of test runs begin with this and the id of the process that runs them. */
const prefix = 'rapport-test-';

/** What the folder of a run by this process begins with. */
export const runPrefix = join(tmpdir(), `${prefix}${process.pid}-`);

/**
 * Clears away what runs that were killed left behind: their PostgreSQL, which outlives them, and its folder.
 * Runs that are alive are left alone.
 */
export async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    await stopServerOf(folder);
    // Another run may be clearing the same away: what it doesn't manage, the next one finds.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function stopServerOf(folder: string): Promise<void> {
  const [line = ''] = (await textOf(join(folder, 'postgres', 'postmaster.pid'))).split('\n');
  const pid = Number(line);
  // A pid may have been reused since: only a process that was started on this very folder is ours to stop.
  const isOurs = pid > 1 && (await textOf(`/proc/${pid}/cmdline`)).includes(folder);
  if (!isOurs) return;
  process.kill(pid, 'SIGQUIT');
  for (let tries = 0; tries < 50 && isAlive(pid); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
