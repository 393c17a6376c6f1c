import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupRefused } from './refused.ts';

/**
 * Makes a file that `work` writes and closes, readable by its owner only. It has another name until it is whole and on
 * the disk; when `work` or the disk fails nothing of it stays. Answers its size.
 */
export async function writeWholeFile(
  path: string,
  isReplaced: boolean,
  work: (file: FileHandle) => Promise<void>,
): Promise<number> {
  await refuseTaken(path, isReplaced);
  const partial = `${path}.${process.pid}.partial`;
  let file: FileHandle;
  try {
    file = await open(partial, 'wx', 0o600);
  } catch (error) {
    throw explained(path, error);
  }
  try {
    await work(file);
    await refuseTaken(path, isReplaced);
    await rename(partial, path);
    await syncFolder(dirname(path));
    return (await stat(path)).size;
  } catch (error) {
    await rm(partial, { force: true });
    throw explained(path, error);
  }
}

async function refuseTaken(path: string, isReplaced: boolean): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) throw new BackupRefused(`${path} is a folder: name a file in it.`);
  if (found && !isReplaced)
    throw new BackupRefused(`${path} is there already: take another name, or --force.`);
}

/** A rename is on the disk once its folder is; where folders can't be synced, the system does so in its time. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder isn’t there',
  ENOTDIR: 'its folder isn’t there',
  EACCES: 'this user may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
};

function explained(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason ? new BackupRefused(`${path} can’t be written: ${reason}.`) : error;
}
