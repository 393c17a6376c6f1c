import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { sourceFiles } from './source-files.mjs';
import { textViolations } from './text-rules.mjs';

const folders = ['src', 'test', 'bench', 'scripts'];

/**
 * What dependency-cruiser makes of the project at `base`: its violations, and the modules it really read.
 * It answers "no violations" about sources it can't read (with TypeScript 7 installed as `typescript`, say),
 * so any file that it didn't see is a violation too.
 */
function importViolations(base) {
  const present = folders.filter((folder) => existsSync(join(base, folder)));
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      '--config',
      join(base, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      ...present,
    ],
    { cwd: base, encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 },
  );
  if (!run.stdout.startsWith('{'))
    throw new Error(`dependency-cruiser did not run: ${run.stderr || run.stdout || run.error}`);
  const { modules, summary } = JSON.parse(run.stdout);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = sourceFiles(base, present)
    .filter((path) => !seen.has(path))
    .map((path) => ({
      rule: 'every-file-is-seen',
      at: path,
      says: 'dependency-cruiser did not read it, so its imports are unchecked',
    }));
  const broken = summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    at: from,
    says: cycle ? `in a circle with ${cycle.map((step) => step.name).join(' → ')}` : `imports ${to}`,
  }));
  return { modules: seen.size, violations: [...unseen, ...broken] };
}

/** Checks every invariant of the project at `base`; answers how many modules were read and what is wrong. */
export function checkStructure(base = root) {
  const { modules, violations } = importViolations(base);
  return { modules, violations: [...violations, ...textViolations(base)] };
}

if (process.argv[1] === import.meta.filename) {
  const { modules, violations } = checkStructure();
  for (const { rule, at, says } of violations) console.error(`${rule}  ${at}\n    ${says}`);
  console.log(`${modules} modules read, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
