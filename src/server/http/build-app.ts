import cookie from '@fastify/cookie';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { newId } from '../../lib/ids.ts';
import { Problem } from '../../lib/problem.ts';
import { keyRoutes } from '../auth/key-routes.ts';
import { meRoutes } from '../auth/me-routes.ts';
import { recogniseBrowser, recogniseProgram, recogniseWorkspace } from '../auth/recognise.ts';
import { sessionRoutes } from '../auth/session-routes.ts';
import { setUpRoutes } from '../auth/set-up-routes.ts';
import { type LiveFeeds, openLiveFeeds } from '../live/live-feeds.ts';
import { liveRoutes } from '../live/live-routes.ts';
import type { Log } from '../log.ts';
import { onlyOnce } from '../once/only-once.ts';
import { docsRoutes, openApiRoutes } from '../openapi/routes.ts';
import { accessRoutes } from '../rest/access-routes.ts';
import { bulkRoutes } from '../rest/bulk-routes.ts';
import { declaringRoutes } from '../rest/declaring-routes.ts';
import { duplicateRoutes } from '../rest/duplicate-routes.ts';
import { eraseRoutes } from '../rest/erase-routes.ts';
import { expressionRoutes } from '../rest/expression-routes.ts';
import { importRoutes } from '../rest/imports.ts';
import { mergeRoutes } from '../rest/merge-routes.ts';
import { recordRoutes } from '../rest/record-routes.ts';
import { ruleRoutes } from '../rest/rule-routes.ts';
import { subscriberRoutes } from '../rest/subscriber-routes.ts';
import { undoRoutes } from '../rest/undo-routes.ts';
import { verbRoutes } from '../rest/verb-routes.ts';
import { workspaceRoutes } from '../rest/workspace-routes.ts';
import { browserApp } from './browser-app.ts';
import { healthRoutes } from './health.ts';
import { takeJsonOnly } from './json-body.ts';
import { answerError, pathOf } from './problem-answer.ts';
import { type RateLimits, rateLimits } from './rate-limits.ts';
import { readAgainWhenLost } from './read-again-when-lost.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { cutSlowBodies, longestUpload } from './slow-bodies.ts';
import { unlessDropped } from './unless-dropped.ts';

/** Largest JSON body, in bytes. */
const bodyLimit = 1024 * 1024;

/** Builds all doors; nothing listens yet. */
export async function buildApp(services: Services, log: Log): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy on the same machine says whose request it passes on; nobody else is believed.
    trustProxy: 'loopback',
    bodyLimit,
    genReqId: newId,
    requestTimeout: longestUpload,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  app.decorateRequest('identity', null);
  app.decorateRequest('workspace', null);
  app.decorateRequest('within', null);
  app.setErrorHandler(async (error, request, reply) =>
    answerError(await unlessDropped(services, error, request), request, reply),
  );
  // One log for all requests: what is logged of one names it. A log of its own each costs more than most lines save.
  app.setChildLoggerFactory((shared) => shared);
  if (log.isLevelEnabled('debug')) logAnswers(app);
  takeJsonOnly(app);
  cutSlowBodies(app);
  securityHeaders(app, services.hasSecureCookies);
  await app.register(cookie);
  const limits = rateLimits(services.requestsPerMinute);
  healthRoutes(app, services);
  const feeds = openLiveFeeds(services);
  // Streams would never end by themselves.
  app.addHook('preClose', async () => feeds.close());
  await app.register((api) => programDoors(api, services, limits, feeds), { prefix: '/api/v1' });
  await app.register((api) => openDoors(api, services, limits), { prefix: '/w/:workspace/api/v1' });
  await app.register((api) => browserDoors(api, services, limits, feeds), { prefix: '/w/:workspace/api/v1' });
  await docsRoutes(app, services);
  await browserApp(app, services, limits);
  return app;
}

function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug(
      {
        reqId: request.id,
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        user: request.identity?.who.userId,
      },
      'answered',
    );
  });
}

/** What anybody may ask before signing in. */
async function openDoors(api: FastifyInstance, services: Services, limits: RateLimits): Promise<void> {
  neverKept(api);
  api.addHook('onRequest', async (request) => {
    await recognised(request, limits, () => recogniseWorkspace(services, request));
  });
  sessionRoutes(api, services);
  setUpRoutes(api, services);
}

/** The API for our own pages, whose reader the session cookie names. */
async function browserDoors(
  api: FastifyInstance,
  services: Services,
  limits: RateLimits,
  feeds: LiveFeeds,
): Promise<void> {
  neverKept(api);
  api.addHook('onRequest', async (request, reply) => {
    await recognised(request, limits, async () => {
      await recogniseWorkspace(services, request);
      await recogniseBrowser(services, request, reply);
    });
  });
  await signedInRoutes(api, services, feeds);
}

/** The API for programs, which send a key. */
async function programDoors(
  api: FastifyInstance,
  services: Services,
  limits: RateLimits,
  feeds: LiveFeeds,
): Promise<void> {
  neverKept(api);
  api.addHook('onRequest', async (request) =>
    recognised(request, limits, () => recogniseProgram(services, request)),
  );
  await signedInRoutes(api, services, feeds);
}

async function signedInRoutes(api: FastifyInstance, services: Services, feeds: LiveFeeds): Promise<void> {
  onlyOnce(api, services);
  readAgainWhenLost(api);
  meRoutes(api, services);
  keyRoutes(api, services);
  workspaceRoutes(api, services);
  openApiRoutes(api, services);
  // A scope of their own: only imports take forms with files.
  await api.register((scope) => importRoutes(scope, services));
  bulkRoutes(api, services);
  liveRoutes(api, services, feeds);
  subscriberRoutes(api, services);
  undoRoutes(api, services);
  eraseRoutes(api, services);
  mergeRoutes(api, services);
  declaringRoutes(api, services);
  ruleRoutes(api, services);
  expressionRoutes(api, services);
  recordRoutes(api, services);
  accessRoutes(api, services);
  duplicateRoutes(api, services);
  verbRoutes(api, services);
}

/** What somebody is told who tries credentials, or names of workspaces. */
const guesses: ReadonlySet<string> = new Set(['unauthenticated', 'not-found']);

/** Recognises the caller before anything else is looked at, and counts the request. */
async function recognised(
  request: Parameters<RateLimits['count']>[0],
  limits: RateLimits,
  recognise: () => Promise<void>,
): Promise<void> {
  limits.refuseGuessers(request);
  try {
    await recognise();
  } catch (error) {
    if (error instanceof Problem && guesses.has(error.code)) limits.countGuess(request);
    throw error;
  }
  limits.count(request);
}

/** What the API answers is somebody's own: no cache keeps it. */
function neverKept(api: FastifyInstance): void {
  api.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done();
  });
}
