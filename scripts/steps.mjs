import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const node = process.execPath;
const module = (...parts) => join(root, 'node_modules', ...parts);

const hasJourneys = () => {
  const folder = join(root, 'test', 'journeys');
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.test.ts'));
};

/**
 * What `npm test` does, in order. A step runs `run`, quietly unless it fails; `tests` names a vitest project
 * instead, whose output is shown as it comes. `when` leaves a step out while there is nothing for it to do.
 */
export const steps = [
  {
    name: 'format',
    purpose: 'formatting and lint',
    group: 'check',
    run: [module('.bin', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  {
    name: 'types',
    purpose: 'types',
    group: 'check',
    run: [node, module('ts7', 'bin', 'tsc'), '-p', 'tsconfig.json'],
  },
  {
    name: 'lint',
    purpose: 'lint that knows types',
    group: 'check',
    run: [module('.bin', 'oxlint'), '--type-aware', '--max-warnings=0', '.'],
  },
  {
    name: 'structure',
    purpose: 'layers and other invariants',
    group: 'check',
    run: [node, 'scripts/structure.ts'],
  },
  {
    name: 'unused',
    purpose: 'unused code and dependencies',
    group: 'check',
    run: [module('.bin', 'knip'), '--no-progress'],
  },
  { name: 'build', purpose: 'browser app', run: [node, 'scripts/build.mjs'] },
  { name: 'unit', purpose: 'tests', tests: 'unit' },
  {
    name: 'journeys',
    purpose: 'stories in the browser',
    tests: 'journeys',
    browser: true,
    when: hasJourneys,
  },
];

/** The steps that `words` name: step names, or `check` for all that needs no running; none means all. */
export function chosenSteps(words) {
  if (words.length === 0) return steps;
  const unknown = words.filter((word) => word !== 'check' && !steps.some(({ name }) => name === word));
  if (unknown.length > 0) {
    throw new Error(
      `There is no step ${unknown.join(', ')}. There are: check, ${steps.map(({ name }) => name).join(', ')}.`,
    );
  }
  return steps.filter(({ name, group }) => words.includes(name) || words.includes(group));
}
