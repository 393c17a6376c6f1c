import type { FastifyReply, FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { refuseOtherOrigins } from '../http/same-origin.ts';
import type { Services } from '../http/services.ts';
import { clearSessionCookie, sessionToken } from './cookie.ts';
import { identifyKey, identifySession } from './identify.ts';
import type { Identity } from './identity.ts';
import { readApiKey } from './token.ts';

const noWorkspace = message(
  'unknown-workspace',
  'There is no workspace “{name}” here. Check the address.',
  'Il n’y a pas d’espace de travail « {name} » ici. Vérifiez l’adresse.',
  'Aquí no hay ningún espacio de trabajo «{name}». Compruebe la dirección.',
);
const notSignedIn = message(
  'not-signed-in',
  'You aren’t signed in. Sign in and try again.',
  'Vous n’êtes pas connecté. Connectez-vous et réessayez.',
  'No ha iniciado sesión. Inicie sesión e inténtelo de nuevo.',
);
const ended = message(
  'session-ended',
  'Your session has ended. Sign in again.',
  'Votre session est terminée. Reconnectez-vous.',
  'Su sesión ha terminado. Inicie sesión de nuevo.',
);
const noKey = message(
  'key-missing',
  'Send an API key: “Authorization: Bearer rpt_…”. You make one in your profile, or with “npm run rapport -- key create”.',
  'Envoyez une clé d’API : « Authorization: Bearer rpt_… ». Créez-en une dans votre profil, ou avec « npm run rapport -- key create ».',
  'Envíe una clave de API: «Authorization: Bearer rpt_…». Puede crearla en su perfil o con «npm run rapport -- key create».',
);
const badKey = message(
  'key-wrong',
  'This API key isn’t valid: it is mistyped, revoked or expired, or its user isn’t active.',
  'Cette clé d’API n’est pas valable : elle est mal saisie, révoquée ou expirée, ou son utilisateur n’est pas actif.',
  'Esta clave de API no es válida: está mal escrita, revocada o caducada, o su usuario no está activo.',
);

/** Says that there is no workspace of that name. */
export const unknownWorkspace = (name: string): Problem =>
  new Problem('not-found', { message: noWorkspace, params: { name: name.slice(0, 60) } });

/** Finds the workspace in a browser's address, and refuses writes that another site could have caused. */
export async function recogniseWorkspace(services: Services, request: FastifyRequest): Promise<void> {
  const { workspace: name = '' } = request.params as { workspace?: string };
  const workspace = await services.workspaces.find(name);
  if (!workspace) throw unknownWorkspace(name);
  request.workspace = workspace;
  refuseOtherOrigins(request, services.publicUrl);
}

/** Recognises a signed-in browser by its cookie, or refuses. */
export async function recogniseBrowser(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { workspace } = request;
  const token = workspace && sessionToken(request, workspace.name);
  if (!workspace || !token) throw new Problem('unauthenticated', { message: notSignedIn });
  request.identity = await identifySession({ db: services.db, workspace, now: new Date() }, token);
  if (request.identity) return;
  clearSessionCookie(reply, workspace.name, services.hasSecureCookies);
  throw new Problem('unauthenticated', { message: ended });
}

/** Recognises a program by its API key, which names its workspace, or refuses. */
export async function recogniseProgram(services: Services, request: FastifyRequest): Promise<void> {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new Problem('unauthenticated', { message: noKey });
  const key = keyOf(request);
  const workspace = key && (await services.workspaces.find(key.workspace));
  if (!key || !workspace) throw new Problem('unauthenticated', { message: badKey });
  request.workspace = workspace;
  request.identity = await identifyKey({ db: services.db, workspace, now: new Date() }, key.secret);
  if (!request.identity) throw new Problem('unauthenticated', { message: badKey });
}

/** Who a connection that stays open is by now; null when his session or key has ended. That he is told of others’ work doesn’t keep it alive. */
export async function recogniseAgain(services: Services, request: FastifyRequest): Promise<Identity | null> {
  const { workspace, identity } = request;
  if (!workspace || !identity) return null;
  const look = { db: services.db, workspace, now: new Date(), isPassive: true };
  if (identity.through.kind === 'session') {
    const token = sessionToken(request, workspace.name);
    return token === null ? null : identifySession(look, token);
  }
  const key = keyOf(request);
  return key && identifyKey(look, key.secret);
}

const keyOf = (request: FastifyRequest): ReturnType<typeof readApiKey> =>
  readApiKey(/^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
