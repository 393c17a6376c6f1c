import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The project that the tests belong to. */
export const project = resolve(import.meta.dirname, '../..');

const configuration = [
  '.dependency-cruiser.cjs',
  '.gitignore',
  '.oxlintrc.json',
  'biome.json',
  'package.json',
  'tsconfig.json',
];

/** A small project under this project's own configuration, to break. */
export interface SampleProject {
  readonly folder: string;
  /** Writes files, by path; those that a next call of the same path writes replace them. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs one of the project's tools in it; answers what it wrote to standard output, and whether it was content. */
  run(tool: string, ...args: string[]): { readonly ok: boolean; readonly said: string };
  remove(): Promise<void>;
}

/** Makes a sample project in the system's temporary folder. */
export async function sampleProject(files: Readonly<Record<string, string>>): Promise<SampleProject> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-structure-'));
  for (const name of configuration) await cp(join(project, name), join(folder, name));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  const write: SampleProject['write'] = async (more) => {
    for (const [path, text] of Object.entries(more)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  };
  await write(files);
  return {
    folder,
    write,
    run(tool, ...args) {
      const done = spawnSync(process.execPath, [join(project, 'node_modules', tool), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
      return { ok: done.status === 0, said: done.stdout };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
