import type { FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';

const otherOrigin = message(
  'other-origin',
  'This request comes from another site, or doesn’t say from where. Programs use an API key at /api/v1 instead.',
  'Cette requête vient d’un autre site, ou ne dit pas d’où elle vient. Les programmes utilisent une clé d’API sur /api/v1.',
  'Esta petición viene de otro sitio o no dice de dónde viene. Los programas usan una clave de API en /api/v1.',
);

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes at the browser's doors that another site could have caused: the browser itself must say that
 * they come from our own pages (`Sec-Fetch-Site`, else `Origin`).
 */
export function refuseOtherOrigins(request: FastifyRequest, publicUrl: string | null): void {
  if (!safe.has(request.method) && !isOwn(request, publicUrl))
    throw new Problem('forbidden', { message: otherOrigin });
}

function isOwn({ headers, host }: FastifyRequest, publicUrl: string | null): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = headers.origin === undefined ? null : URL.parse(headers.origin);
  if (origin === null) return false;
  return origin.origin === publicUrl || origin.host === URL.parse(`${origin.protocol}//${host}`)?.host;
}
