import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, canEnter, spawnAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './server-settings.ts';
import { codeOf, StartError, saying } from './start-error.ts';

/** The passwords of a cluster: of its superuser, and of the role that the app connects as. */
export interface Passwords {
  readonly superuser: string;
  readonly rapport: string;
}

const passwordsFile = 'rapport-passwords.json';
const newPasswords = (): Passwords => ({
  superuser: randomBytes(24).toString('base64url'),
  rapport: randomBytes(24).toString('base64url'),
});

/** Runs one of PostgreSQL's programs to its end, with `input` on its standard input. */
function finished(child: ChildProcess, input = ''): Promise<void> {
  let said = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-2000);
  });
  child.stdin?.on('error', () => {}); // it may end before it reads; its exit code says so
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `it ended with ${code}`)),
    );
  });
}

async function writeSecret(path: string, content: string, account: Account): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  if (account) await chown(`${path}.new`, account.uid, account.gid);
  await rename(`${path}.new`, path);
}

/** Gives everything below `folder` to `account`, where root had put it (a copy, a restored back-up). */
async function giveTo(account: NonNullable<Account>, folder: string): Promise<void> {
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) await chown(path, account.uid, account.gid);
  }
}

/** Makes a new cluster in a draft folder that takes its name only once whole, so that a crash leaves no half. */
async function createCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  isDurable: boolean,
): Promise<Passwords> {
  const draft = `${dataDir}.new`;
  const passwords = newPasswords();
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (account) await chown(draft, account.uid, account.gid);
  const words = join(dirname(dataDir), `.initdb-${process.pid}`);
  await writeSecret(words, passwords.superuser, account);
  const flags = [
    `--pgdata=${draft}`,
    '--username=postgres',
    `--pwfile=${words}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(isDurable ? [] : ['--no-sync']),
  ];
  try {
    await finished(spawn(binaries.initdb, flags, { ...spawnAs(account), env: serverEnvironment }));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw new StartError(`The database could not be made in ${dataDir}: ${saying(error)}`);
  } finally {
    await rm(words, { force: true });
  }
  await writeSecret(join(draft, passwordsFile), JSON.stringify(passwords), account);
  await rename(draft, dataDir);
  return passwords;
}

/** Reads the passwords of an existing cluster; null when the file is lost or spoilt. */
export async function readPasswords(dataDir: string): Promise<Passwords | null> {
  try {
    const { superuser, rapport } = JSON.parse(
      await readFile(join(dataDir, passwordsFile), 'utf8'),
    ) as Partial<Passwords>;
    return superuser && rapport ? { superuser, rapport } : null;
  } catch {
    return null;
  }
}

/** Gives a stopped cluster new passwords, where the file that held them was lost. */
export async function resetPasswords(
  dataDir: string,
  binaries: Binaries,
  account: Account,
): Promise<Passwords> {
  const passwords = newPasswords();
  const child = spawn(binaries.postgres, ['--single', '-D', dataDir, 'postgres'], {
    ...spawnAs(account),
    env: serverEnvironment,
  });
  await finished(child, `alter role postgres password '${passwords.superuser}'\n`);
  await writeSecret(join(dataDir, passwordsFile), JSON.stringify(passwords), account);
  return passwords;
}

async function mustEnter(account: Account, folder: string): Promise<void> {
  if (!account || (await canEnter(account, folder))) return;
  throw new StartError(
    `PostgreSQL can't run as root, and user ${account.uid}, under which it runs instead, can't enter ${folder}. ` +
      'Choose a folder with RAPPORT_DATA that every user can enter, such as /var/lib/rapport/data.',
  );
}

async function checkExisting(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === '') {
    throw new StartError(
      `${dataDir} is not a database of Rapport. Move it away, or choose another folder with RAPPORT_DATA.`,
    );
  }
  if (version !== binaries.major) {
    throw new StartError(
      `The data in ${dataDir} were made by PostgreSQL ${version}, and this Rapport brings PostgreSQL ${binaries.major}. ` +
        'Start the former version of Rapport, or run a PostgreSQL of that version and name it with DATABASE_URL.',
    );
  }
  const { uid, mode } = await lstat(dataDir);
  if (account && uid !== account.uid) await giveTo(account, dataDir);
  if ((mode & 0o077) !== 0) await chmod(dataDir, 0o700);
  await mustEnter(account, dataDir);
}

/**
 * Makes sure that a cluster is in `dataDir` and that `account` may run it. Answers its passwords, or null
 * when they were lost and must be reset.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  isDurable: boolean,
): Promise<Passwords | null> {
  try {
    const entries = await readdir(dataDir).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (entries === null || entries.length === 0) {
      await mkdir(dirname(dataDir), { recursive: true, mode: 0o755 });
      await mustEnter(account, dirname(dataDir));
      if (entries) await rm(dataDir, { recursive: true });
      return await createCluster(dataDir, binaries, account, isDurable);
    }
    await checkExisting(dataDir, binaries, account);
    return await readPasswords(dataDir);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    const owner = await lstat(dataDir).catch(() => lstat(dirname(dataDir)).catch(() => null));
    throw new StartError(
      `The data folder ${dataDir} can't be used: it belongs to user ${owner?.uid ?? '?'}, and Rapport runs as user ` +
        `${process.getuid?.() ?? '?'} (${saying(error)}). Start Rapport as its owner or as root, give the folder to ` +
        `this user (chown -R), or choose another folder with RAPPORT_DATA.`,
    );
  }
}
