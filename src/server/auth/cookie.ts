import type { FastifyReply, FastifyRequest } from 'fastify';
import { absoluteSeconds } from './policy.ts';
import { isToken } from './token.ts';

/** The cookie of a workspace: only its own pages and doors send it. */
const cookieOf = (workspace: string) => ({ name: `rapport_${workspace}`, path: `/w/${workspace}` });

/** The session token a request carries for a workspace; null when it carries none. */
export function sessionToken(request: FastifyRequest, workspace: string): string | null {
  const value = request.cookies[cookieOf(workspace).name];
  return value !== undefined && isToken(value) ? value : null;
}

/** Hands a session's token to the browser, out of reach of scripts and of other sites. */
export function setSessionCookie(
  reply: FastifyReply,
  workspace: string,
  token: string,
  isSecure: boolean,
): void {
  const { name, path } = cookieOf(workspace);
  reply.setCookie(name, token, {
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: absoluteSeconds,
  });
}

/** Takes the token back from the browser. */
export function clearSessionCookie(reply: FastifyReply, workspace: string, isSecure: boolean): void {
  const { name, path } = cookieOf(workspace);
  reply.clearCookie(name, { path, httpOnly: true, sameSite: 'lax', secure: isSecure });
}
