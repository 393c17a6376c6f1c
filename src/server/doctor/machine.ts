import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, mistake, ok, warning } from './finding.ts';

const node = { oldest: 24 };
const gigabyte = 1e9;
const room = { little: 2 * gigabyte, tooLittle: 0.25 * gigabyte };

/** Looks at what Rapport runs on: Node, what is installed and built, the data folder and its disk. */
export async function examineMachine(o: {
  readonly projectFolder: string;
  readonly dataDir: string;
  /** Whether the database is the embedded one, which lies in the data folder. */
  readonly isEmbedded: boolean;
  readonly nodeVersion?: string;
}): Promise<readonly Finding[]> {
  return [
    nodeFinding(o.nodeVersion ?? process.versions.node),
    await installed(o.projectFolder),
    await built(o.projectFolder),
    ...(await dataFolder(o.dataDir, o.isEmbedded)),
  ];
}

function nodeFinding(version: string): Finding {
  if (Number.parseInt(version, 10) >= node.oldest) return ok('Node', `${version}`);
  return mistake(
    'Node',
    `${version} runs Rapport, which needs ${node.oldest} or newer`,
    'Start it through npm (“npm start”, “npm run rapport”), which brings the right one.',
  );
}

async function installed(folder: string): Promise<Finding> {
  const about = 'Dependencies';
  const remedy = `Run “npm ci” in ${folder}.`;
  const json = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, path), 'utf8')) as unknown;
  try {
    const { dependencies } = (await json('package.json')) as { dependencies: Record<string, string> };
    const wrong: string[] = [];
    for (const [name, version] of Object.entries(dependencies)) {
      const found = (await json(join('node_modules', name, 'package.json')).catch(() => null)) as {
        version: string;
      } | null;
      if (found?.version !== version) wrong.push(`${name} ${found ? `is ${found.version}` : 'is missing'}`);
    }
    if (wrong.length > 0) return mistake(about, wrong.join(', '), remedy);
    return ok(about, `${Object.keys(dependencies).length} as wanted`);
  } catch (error) {
    return mistake(about, `package.json can’t be read (${String(error)})`, remedy);
  }
}

async function built(folder: string): Promise<Finding> {
  const page = await stat(join(folder, 'dist/web/index.html')).catch(() => null);
  if (page) return ok('Browser app', `built ${page.mtime.toISOString().slice(0, 10)}`);
  return warning('Browser app', 'isn’t built', 'Run “npm run build”; “npm start” does so by itself.');
}

async function dataFolder(dataDir: string, isEmbedded: boolean): Promise<readonly Finding[]> {
  const about = 'Data folder';
  const found = await stat(dataDir).catch(() => null);
  if (!found) {
    return isEmbedded
      ? [
          mistake(
            about,
            `${dataDir} isn’t there`,
            'Run “npm start” once, or set RAPPORT_DATA to the right folder.',
          ),
        ]
      : [ok(about, 'none needed: the database is elsewhere')];
  }
  if (!found.isDirectory())
    return [mistake(about, `${dataDir} is no folder`, 'Move it away, or set RAPPORT_DATA to a folder.')];
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const remedy = `Give it to the user who runs Rapport: chown -R USER ${dataDir}.`;
    return [mistake(about, `${dataDir} can’t be read and written by this user`, remedy)];
  }
  const open =
    (found.mode & 0o022) === 0
      ? ok(about, dataDir)
      : warning(about, `${dataDir} can be written by other users`, `Take that away: chmod go-w ${dataDir}.`);
  return [open, await disk(dataDir)];
}

async function disk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const said = `${(free / gigabyte).toFixed(1)} GB free at ${dataDir}`;
  const remedy = 'Free some, or move the data folder to a larger disk (stop, move, RAPPORT_DATA, start).';
  if (free < room.tooLittle) return mistake('Disk', said, remedy);
  return free < room.little ? warning('Disk', said, remedy) : ok('Disk', said);
}
