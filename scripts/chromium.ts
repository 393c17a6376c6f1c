import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const remedy = 'Install Chromium, or say where it is with CHROMIUM=/path/to/chromium.';

/** The path of a Chromium on this machine (`CHROMIUM` names one elsewhere), or null. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return places.find((place) => existsSync(place)) ?? null;
}

/** Where Chromium is, or in words why there is none and what to do. */
export type ChromiumFound = { readonly path: string } | { readonly reason: string };

/** Finds Chromium, and installs Debian's where there is none and that is possible. */
export function ensureChromium(): ChromiumFound {
  const present = findChromium();
  if (present) return { path: present };
  if (process.env.CHROMIUM)
    return { reason: `CHROMIUM names ${process.env.CHROMIUM}, where there is no file.` };
  if (!existsSync('/usr/bin/apt-get')) return { reason: `There is no apt-get here. ${remedy}` };
  if (process.getuid?.() !== 0)
    return { reason: `Only root may install it: sudo apt-get install chromium. ${remedy}` };
  console.log('Installing Debian’s chromium …');
  const failure =
    aptGet('update', '-q') ??
    aptGet('install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const path = findChromium();
  return path ? { path } : { reason: `${failure ?? 'apt-get installed no chromium'}. ${remedy}` };
}

/** What apt-get said when it failed, or null. */
function aptGet(...args: string[]): string | null {
  const done = spawnSync('apt-get', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status === 0) return null;
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim().split('\n');
  return `apt-get ${args[0]} failed: ${said.slice(-3).join(' · ')}`;
}

if (import.meta.main) {
  const found = ensureChromium();
  if ('path' in found) {
    console.log(found.path);
  } else {
    console.error(found.reason);
    process.exitCode = 1;
  }
}
