// `npm run bench`: the speed contract beside the raw database; `-- --large` a million contacts, `-- --save` keeps the table,
// `-- --duplicates` the search for duplicates, `-- --bulk` mass changes, `-- --import [rows]` imports.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { enterNode24 } from './node24.mjs';
import { orExplain, say } from './say.mjs';

/** Trials on databases of their own, by the flag that asks for them. */
const trials = {
  '--bulk': 'bulk-trial.ts',
  '--duplicates': 'duplicates-trial.ts',
  '--workspaces': 'workspaces.ts',
  '--import': 'import-trial.ts',
  '--files': 'files-trial.ts',
};

await orExplain(async () => {
  ensureDependencies(say);
  await enterNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
  const trial = Object.keys(trials).find((flag) => process.argv.includes(flag));
  const file = trial ? trials[trial] : 'main.ts';
  const main = fileURLToPath(new URL(`../bench/${file}`, import.meta.url));
  process.exitCode =
    spawnSync(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
});
