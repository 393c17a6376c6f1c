import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['RAPPORT_URL'] ?? 'http://127.0.0.1:3000';

/** In development, answers `/w/<workspace>/…` with the app's page, as the real server does. */
const pages: Plugin = {
  name: 'rapport-pages',
  configureServer(vite) {
    vite.middlewares.use((request, _response, next) => {
      const url = request.url ?? '/';
      if (/^\/w\/[^/]+(\/(?!api\/)|$|\?)/.test(url) || url === '/') request.url = '/static/index.html';
      next();
    });
  },
};

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Leaves each file also as `.br` and `.gz`, so that the server sends it small without working for it. */
const compressed: Plugin = {
  name: 'rapport-compressed',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const names = await readdir(dir, { recursive: true });
    const worthIt = names.filter((name) => /\.(?:js|css|html|svg)$/.test(name));
    await Promise.all(
      worthIt.map(async (name) => {
        const path = join(dir, name);
        const content = await readFile(path);
        if (content.length < 1000) return;
        const params = { [zlib.BROTLI_PARAM_QUALITY]: 10, [zlib.BROTLI_PARAM_SIZE_HINT]: content.length };
        await Promise.all([
          writeFile(`${path}.br`, await brotli(content, { params })),
          writeFile(`${path}.gz`, await zip(content, { level: 9 })),
        ]);
      }),
    );
  },
};

/** Builds the staff app to `dist/web`, served below `/static/`; `RAPPORT_URL` is the server `vite dev` talks to. */
export default defineConfig({
  root: 'src/web',
  base: '/static/',
  publicDir: 'public',
  plugins: [pages, react(), compressed],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // Everything comes from files of ours: the content policy allows no data: scripts and no inline module.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { host: '127.0.0.1', proxy: { '^/w/[^/]+/api/': { target: server, changeOrigin: false } } },
});
