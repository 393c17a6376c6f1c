// Plain JavaScript for any Node ≥ 20: `npm start` builds the browser app with it when its sources changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** What the browser app is made of. */
const folders = [
  'src/web',
  'src/portal',
  'src/web-kit',
  'src/lib',
  'src/model',
  'src/expression',
  'src/fields',
];
const files = ['vite.config.ts', 'package-lock.json'];

/** A hash of everything the browser app is made of: dates mean nothing after a clone. */
export function sourceStamp(base = root) {
  const hash = createHash('sha256');
  const sources = folders
    .filter((folder) => existsSync(join(base, folder)))
    .flatMap((folder) =>
      readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1)),
    );
  for (const path of [...files, ...sources].filter((file) => existsSync(join(base, file))).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(base, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds the browser app, unless what is built came from these very sources. Throws when the build fails. */
export function ensureBrowserApp(say, node = process.execPath) {
  const built = join(root, 'dist', 'web', 'index.html');
  const note = join(root, 'dist', 'web.stamp');
  if (!existsSync(join(root, 'src', 'web'))) return false; // an image that brings the built app alone
  const stamp = sourceStamp();
  if (existsSync(built) && existsSync(note) && readFileSync(note, 'utf8') === stamp) return false;
  say(`Building the browser app (${existsSync(built) ? 'its sources changed' : 'first start'}) …`);
  rmSync(note, { force: true });
  const begun = Date.now();
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (build.status !== 0) {
    throw new Error(
      `The browser app could not be built:\n${build.stdout ?? ''}${build.stderr ?? ''}${build.error?.message ?? ''}`,
    );
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(note, stamp);
  say(`The browser app is built (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
  return true;
}
