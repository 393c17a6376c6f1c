// Plain JavaScript for any Node ≥ 20: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Why `node_modules` can't be used as it is, in words, or null when it holds what the lock asks for. */
export function staleness(folder = root) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const found = present[path];
    if (!found && entry.optional) continue; // made for another platform
    if (found?.version !== entry.version)
      return `${path.replace(/^node_modules\//, '')} should be ${entry.version}`;
    if (!existsSync(join(folder, path, 'package.json'))) return `${path} is missing`;
  }
  return null;
}

/** Installs exactly what the lock says, unless that is already there. Throws when npm fails. */
export function ensureDependencies(say) {
  const reason = staleness();
  if (reason === null) return false;
  say(`Installing the dependencies (${reason}) …`);
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (npm.error)
    throw new Error(`npm could not be started (${npm.error.message}). Install npm, then try again.`);
  if (npm.status !== 0) throw new Error('npm ci failed; what it said is above.');
  return true;
}
