import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx, Workspace } from '../../engine/ctx.ts';
import { Problem } from '../../lib/problem.ts';
import type { Identity } from '../auth/identity.ts';
import type { Services } from './services.ts';

/** Who sends the request; refused when nobody is signed in. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new Problem('unauthenticated');
  return request.identity;
}

/** The workspace a request is for; every door below a workspace has one. */
export function workspaceOf(request: FastifyRequest): Workspace {
  if (!request.workspace) throw new Problem('not-found');
  return request.workspace;
}

/** What a verb needs to know of this request. With `reply`, long reads stop when the asker has gone. */
export function ctxOf(services: Services, request: FastifyRequest, reply?: FastifyReply): Ctx {
  const identity = identityOf(request);
  return {
    who: identity.who,
    workspace: workspaceOf(request),
    locale: identity.locale,
    timeZone: identity.timeZone,
    now: new Date(),
    db: request.within?.db ?? services.db,
    door: identity.through.kind === 'session' ? 'browser' : 'api',
    batch: null,
    ...(reply ? { signal: goneSignal(reply) } : {}),
  };
}

/** Does what must wait until everything that the request writes is kept: at once, where each write is kept by itself. */
export async function onceKept(request: FastifyRequest, work: () => Promise<void>): Promise<void> {
  if (request.within) request.within.after.push(work);
  else await work();
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Where a request comes from, for the security log. */
export const visitorOf = (
  request: FastifyRequest,
): { readonly address: string; readonly program: string | undefined } => ({
  address: request.ip,
  program: request.headers['user-agent'],
});
