// `npm run rapport -- …`: the command line. Like `npm start`, without the browser app and without a word of
// its own on standard output.
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './scripts/dependencies.mjs';
import { enterNode24 } from './scripts/node24.mjs';
import { orExplain, say } from './scripts/say.mjs';

await orExplain(async () => {
  ensureDependencies(say);
  await enterNode24(fileURLToPath(import.meta.url), process.argv.slice(2));
});
await import('./src/server/cli/main.ts');
