import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { canEnter, serverAccount } from './account.ts';
import type { Config } from './config.ts';
import { StartError, saying } from './start-error.ts';

/** Where the system keeps the data of projects that lie where PostgreSQL's account can't enter. */
const systemFolder = '/var/lib/rapport';

/** The note in the data folder that says where the database is, when it isn't beside it. */
interface Pointer {
  readonly postgres: string;
  /** The data folder that the note was written for: a copy of the folder must not share its database. */
  readonly for: string;
}

const noteIn = (dataDir: string): string => join(dataDir, 'postgres-is-elsewhere.json');

async function readPointer(dataDir: string): Promise<Pointer | null> {
  try {
    return JSON.parse(await readFile(noteIn(dataDir), 'utf8')) as Pointer;
  } catch {
    return null;
  }
}

/** Where the note of this folder leads: nowhere when the folder is a copy and the original is still there. */
async function followed(dataDir: string): Promise<string | null> {
  const pointer = await readPointer(dataDir);
  if (!pointer) return null;
  if (pointer.for === dataDir) return pointer.postgres;
  const original = await readPointer(pointer.for);
  if (original?.postgres === pointer.postgres) return null;
  await writeFile(noteIn(dataDir), JSON.stringify({ ...pointer, for: dataDir }, null, 2));
  return pointer.postgres;
}

async function moveToSystem(dataDir: string, log: Log): Promise<string> {
  const folder = join(systemFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
  const postgres = join(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  for (const made of [systemFolder, folder]) await chmod(made, 0o755);
  await writeFile(noteIn(dataDir), JSON.stringify({ postgres, for: dataDir } satisfies Pointer, null, 2));
  log.warn(
    `The database is in ${postgres}: PostgreSQL can't run as root, and the account that runs it can't enter ${dataDir}. ` +
      'RAPPORT_DATA chooses another folder.',
  );
  return postgres;
}

async function made(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} can't be made (${saying(error)}). Make it writable for this user, or choose another with RAPPORT_DATA.`,
    );
  }
}

/** The folder of the embedded server's cluster: `postgres` in the data folder, unless its account can't get there. */
export async function postgresFolder({ dataDir, isDefaultDataDir }: Config, log: Log): Promise<string> {
  await made(dataDir);
  const beside = join(dataDir, 'postgres');
  const elsewhere = (await lstat(beside).catch(() => null)) ? null : await followed(dataDir);
  if (elsewhere) {
    log.info(`The database is in ${elsewhere}`);
    return elsewhere;
  }
  const account = await serverAccount(beside);
  if (!account || !isDefaultDataDir || (await canEnter(account, dataDir))) return beside;
  return moveToSystem(dataDir, log);
}
