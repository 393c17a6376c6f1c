import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Message, type MessageParams, message } from '../../lib/message.ts';
import { Problem, problemKinds } from '../../lib/problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { readerLocale } from './reader-locale.ts';
import type { Services } from './services.ts';
import { textPage } from './text-page.ts';

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
export async function browserApp(
  app: FastifyInstance,
  services: Services,
  limits: RateLimits,
): Promise<void> {
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

  const page = join(services.webFolder, 'index.html');
  // Who doesn’t say which of several workspaces he means is asked, and told of none that he doesn’t know.
  app.get('/', async (_request, reply) => {
    const [only, ...others] = await services.workspaces.names();
    return others.length > 0
      ? sendPage(reply, page)
      : reply.redirect(`/w/${only ?? services.mainWorkspace}/`);
  });
  app.get('/w/:workspace', async (request, reply) => {
    const { workspace } = request.params as { workspace: string };
    return reply.redirect(`/w/${encodeURIComponent(workspace)}/`);
  });
  app.get('/w/:workspace/*', async (request, reply) => {
    const { workspace, '*': rest } = request.params as { workspace: string; '*': string };
    if (rest === 'api' || rest.startsWith('api/')) throw noPage();
    let isThere: boolean;
    try {
      limits.refuseGuessers(request);
      isThere = (await services.workspaces.find(workspace)) !== null;
    } catch (error) {
      if (!(error instanceof Problem) || !error.detail.message || !wantsPage(request)) throw error;
      const { message: said, params } = error.detail;
      return sendText(request, reply.code(problemKinds[error.code].status), said, params);
    }
    if (isThere) return sendPage(reply, page);
    limits.countGuess(request);
    return noSuch(request, reply);
  });

  app.setNotFoundHandler(async (request, reply) => {
    return noSuch(request, reply);
  });
}

const wantsPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '') && !isApi(request.url);

function noSuch(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!wantsPage(request)) throw noPage();
  return sendText(request, reply.code(404), noSuchPage);
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

const sendText = (
  request: FastifyRequest,
  reply: FastifyReply,
  said: Message,
  params?: MessageParams,
): FastifyReply =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(textPage(readerLocale(request), said, params));
