// `npm test`: says yes or no to the whole project, from a fresh clone. Plain JavaScript, for any Node ≥ 20.
//   npm test                       everything
//   npm test -- types lint         some steps;  npm run check: all that need no running
//   npm run unit -- src/lib        one kind of test, with vitest's own arguments
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { enterNode24 } from './node24.mjs';

const args = process.argv.slice(2);
try {
  ensureDependencies(console.log);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await enterNode24(fileURLToPath(import.meta.url), args);
const { runSteps } = await import('./run-steps.mjs');
process.exitCode = await runSteps(args);
