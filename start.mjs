// `npm start`: plain JavaScript that any Node ≥ 20 runs. It makes ready what a fresh clone lacks, then runs
// the server's sources under Node 24.

import { fileURLToPath } from 'node:url';
import { ensureBrowserApp } from './scripts/browser-app.mjs';
import { ensureDependencies } from './scripts/dependencies.mjs';
import { enterNode24 } from './scripts/node24.mjs';
import { orExplain, say } from './scripts/say.mjs';
import { endWithNpm } from './scripts/with-npm.mjs';

endWithNpm();
await orExplain(async () => {
  ensureDependencies(say);
  await enterNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
  ensureBrowserApp(say);
});
await import('./src/server/main.ts');
