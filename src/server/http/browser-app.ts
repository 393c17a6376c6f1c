import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { message, tell } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { readerLocale } from './reader-locale.ts';
import type { Services } from './services.ts';

const noSuchPage = message(
  'no-page',
  'There is no such page here.',
  'Il n’y a pas de telle page ici.',
  'Aquí no existe esa página.',
);
const notBuilt = message(
  'app-not-built',
  'The browser app isn’t built. Stop Rapport and run “npm start”, which builds it.',
  'L’application n’est pas construite. Arrêtez Rapport et lancez « npm start », qui la construit.',
  'La aplicación no está construida. Detenga Rapport y ejecute «npm start», que la construye.',
);

/**
 * Serves the staff app: its files below `/static/`, its one page at every address of a workspace. Files whose
 * names carry their hash stay in the browser for ever, the page is asked for anew each time. The build leaves each
 * file compressed too, so that serving it small costs nothing.
 */
export async function browserApp(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(fastifyStatic, {
    root: services.webFolder,
    prefix: '/static/',
    index: false,
    decorateReply: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const isHashed = /[\\/]assets[\\/]/.test(path);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  app.get('/', async (_request, reply) => reply.redirect(`/w/${services.mainWorkspace}/`));
  app.get('/w/:workspace', async (request, reply) => {
    const { workspace } = request.params as { workspace: string };
    if (!services.workspaces.has(workspace)) throw noPage();
    return reply.redirect(`/w/${workspace}/`);
  });
  app.get('/w/:workspace/*', async (request, reply) => {
    const { workspace, '*': rest } = request.params as { workspace: string; '*': string };
    if (!services.workspaces.has(workspace) || rest === 'api' || rest.startsWith('api/')) throw noPage();
    return sendPage(reply, join(services.webFolder, 'index.html'));
  });

  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '') && !isApi(request.url);
    if (!wantsPage) throw noPage();
    return sendText(reply.code(404), tell(readerLocale(request), noSuchPage), services.mainWorkspace);
  });
}

const noPage = (): Problem => new Problem('not-found', { message: noSuchPage });

const isApi = (url: string): boolean => /^(\/w\/[^/]*)?\/api(\/|$)/.test(url);

async function sendPage(reply: FastifyReply, file: string): Promise<FastifyReply> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new Problem('not-ready', { message: notBuilt });
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(createReadStream(file));
}

const sendText = (reply: FastifyReply, text: string, workspace: string): FastifyReply =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Rapport</title><body style="font:16px system-ui;margin:4rem auto;max-width:30rem;padding:0 1rem"><p>${text}</p><p><a href="/w/${workspace}/">Rapport</a></p></body></html>\n`,
    );
