// `npm run build`: the browser app, when its sources changed since it was last built.
import { fileURLToPath } from 'node:url';
import { ensureBrowserApp } from './browser-app.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { enterNode24 } from './node24.mjs';
import { orExplain, say } from './say.mjs';

await orExplain(async () => {
  ensureDependencies(say);
  await enterNode24(fileURLToPath(import.meta.url), []);
  if (!ensureBrowserApp(say)) say('The browser app is built already.');
});
