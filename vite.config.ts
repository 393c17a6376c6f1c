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

/** Builds the staff app to `dist/web`, served below `/static/`; `RAPPORT_URL` is the server `vite dev` talks to. */
export default defineConfig({
  root: 'src/web',
  base: '/static/',
  publicDir: 'public',
  plugins: [pages, react()],
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
