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

/** The path of a Chromium on this machine (`CHROMIUM` names one elsewhere), or null. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * Installs Debian's Chromium where that is possible. Answers `{ path }`, or `{ reason }` in words
 * when there is no Chromium and it can't be installed from here.
 */
export function ensureChromium(run = runQuietly) {
  if (process.env.CHROMIUM && !findChromium()) {
    return { reason: `CHROMIUM names ${process.env.CHROMIUM}, where there is no file.` };
  }
  const present = findChromium();
  if (present) return { path: present };
  if (!existsSync('/usr/bin/apt-get')) return { reason: `There is no apt-get here. ${remedy}` };
  if (process.getuid?.() !== 0)
    return { reason: `Only root may install it: sudo apt-get install chromium. ${remedy}` };
  const update = run('apt-get', ['update', '-q']);
  if (!update.ok) return { reason: `apt-get update failed: ${update.tail}` };
  const install = run('apt-get', [
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
  ]);
  const path = findChromium();
  return install.ok && path
    ? { path, installed: true }
    : { reason: `apt-get install chromium failed: ${install.tail}` };
}

const remedy = 'Install Chromium, or say where it is with CHROMIUM=/path/to/chromium.';

function runQuietly(command, args) {
  const done = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();
  return { ok: done.status === 0, tail: said.split('\n').slice(-3).join(' · ') };
}
