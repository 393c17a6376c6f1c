import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolEnvironment } from './node24.mjs';
import { root } from './root.mjs';
import { chosenSteps } from './steps.mjs';

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
const onCi = Boolean(process.env.CI) && process.env.CI !== 'false';

const held = { ok: false, counts: { passed: 0, failed: 0, skipped: 0 } };

/** Runs the steps that `args` ask for, stops at the first that fails, and answers the exit code. */
export async function runSteps(args) {
  const started = performance.now();
  const { steps, forVitest } = readArguments(args);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  let tested = false;
  let failed = null;
  for (const step of steps) {
    if (step.when && !step.when()) continue;
    if (failed && !step.tests) break;
    const isHeld = step.browser && !(await chromiumIsThere());
    const outcome = isHeld ? held : step.tests ? await runTests(step, forVitest) : await runQuietly(step);
    if (step.tests) {
      tested = true;
      for (const key of Object.keys(totals)) totals[key] += outcome.counts[key];
    }
    if (!outcome.ok) {
      failed ??= step;
      if (!step.tests) break;
    }
  }
  const duration = seconds(started);
  console.log(failed ? `\n✗ ${failed.name} failed (${duration})` : `\n✓ all is well (${duration})`);
  if (tested) console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  return failed ? 1 : 0;
}

/** `unit` and `journeys` alone hand the rest to vitest; anything else must be names of steps. */
function readArguments(args) {
  const [first, ...rest] = args;
  const alone = first === 'unit' || first === 'journeys';
  try {
    return alone
      ? { steps: chosenSteps([first]), forVitest: rest }
      : { steps: chosenSteps(args), forVitest: [] };
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

/** Says loudly when there is no Chromium; false when that must fail the run. */
async function chromiumIsThere() {
  const { ensureChromium } = await import('./chromium.ts');
  const chromium = ensureChromium();
  if ('path' in chromium) return true;
  const banner = '!'.repeat(78);
  console.error(
    `${banner}\n!! There is no Chromium, so the stories in the browser can’t be told.\n!! ${chromium.reason}\n${banner}`,
  );
  if (onCi) console.error('With CI set that is a failure.');
  return !onCi;
}

async function runQuietly(step) {
  const started = performance.now();
  progress(`· ${step.name}: ${step.purpose} …`);
  const [command, ...args] = step.run;
  const { code, output } = await run(command, args, { quiet: true });
  progress(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds(started)})`, true);
  if (code !== 0) console.log(`\n${output.trimEnd()}`);
  return { ok: code === 0 };
}

async function runTests(step, forVitest) {
  console.log(`· ${step.name}: ${step.purpose} …`);
  const folder = join(root, 'test-results');
  const results = join(folder, `${step.name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(results, { force: true });
  const { code } = await run(process.execPath, [vitest, 'run', '--project', step.tests, ...forVitest], {
    quiet: false,
    env: { RAPPORT_TEST_RESULTS: results },
  });
  const counts = readCounts(results);
  if (counts === null) console.log(`✗ ${step.name}: vitest left no results`);
  return {
    ok: code === 0 && counts !== null && counts.failed === 0,
    counts: counts ?? { passed: 0, failed: 1, skipped: 0 },
  };
}

/** What vitest counted; a file that failed outside its tests (while it was loaded or set up) is one more failure. */
function readCounts(path) {
  try {
    const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
    const tests = testResults.flatMap(({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
        ? [...assertionResults, { status: 'failed' }]
        : assertionResults,
    );
    const count = (...statuses) => tests.filter((test) => statuses.includes(test.status)).length;
    return {
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('pending', 'skipped', 'todo', 'disabled'),
    };
  } catch {
    return null;
  }
}

function run(command, args, { quiet, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnvironment(process.execPath, { ...plain, ...env }),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const said = [];
    child.stdout?.on('data', (chunk) => said.push(chunk));
    child.stderr?.on('data', (chunk) => said.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(said).toString('utf8') }));
  });
}

/** On a terminal a finished step takes the place of its announcement. */
function progress(line, replaces = false) {
  if (!process.stdout.isTTY) console.log(line);
  else process.stdout.write(replaces ? `\r\x1b[2K${line}\n` : line);
}

const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`;
