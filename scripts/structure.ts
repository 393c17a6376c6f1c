import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceFiles } from './source-files.ts';
import { textViolations, type Violation } from './text-rules.ts';

const root = dirname(import.meta.dirname);
const folders = ['src', 'test', 'bench', 'scripts'];

/** What this reads of dependency-cruiser's answer. */
interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

function cruise(base: string, present: readonly string[]): Cruise {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const config = join(base, '.dependency-cruiser.cjs');
  const run = spawnSync(
    process.execPath,
    [program, '--config', config, '--output-type', 'json', ...present],
    {
      cwd: base,
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024,
    },
  );
  if (!run.stdout?.startsWith('{')) {
    throw new Error(`dependency-cruiser did not run: ${run.stderr || run.stdout || String(run.error)}`);
  }
  return JSON.parse(run.stdout) as Cruise;
}

/** The invariants, checked: how many modules were read, and what is wrong. */
export interface StructureCheck {
  readonly modules: number;
  readonly violations: readonly Violation[];
}

/**
 * Checks every invariant of the project at `base`. dependency-cruiser answers "no violations" about sources
 * that it can't read (with TypeScript 7 installed as `typescript`, say), so a file it didn't see is one too.
 */
export function checkStructure(base: string = root): StructureCheck {
  const present = folders.filter((folder) => existsSync(join(base, folder)));
  const { modules, summary } = cruise(base, present);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = sourceFiles(base, present)
    .filter((path) => !seen.has(path))
    .map((path) => ({ rule: 'every-file-is-seen', at: path, says: 'dependency-cruiser did not read it' }));
  const broken = summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    at: from,
    says: cycle ? `in a circle with ${cycle.map((step) => step.name).join(' → ')}` : `imports ${to}`,
  }));
  return { modules: seen.size, violations: [...unseen, ...broken, ...textViolations(base)] };
}

if (import.meta.main) {
  const { modules, violations } = checkStructure();
  for (const { rule, at, says } of violations) console.error(`${rule}  ${at}\n    ${says}`);
  console.log(`${modules} modules read, ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
