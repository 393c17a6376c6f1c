import type { FastifyInstance } from 'fastify';

/**
 * What pages may do: scripts, fonts and requests from here alone, no framing. Mantine writes style elements at run
 * time, so inline styles (never scripts) are let through.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
];

/** Answers of the API are data: whatever a browser takes them for, nothing in them runs or is framed. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Headers that keep pages and answers to themselves, the same for every request and so worked out once. */
export function securityHeaders(app: FastifyInstance, isHttps: boolean): void {
  const everywhere = {
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  };
  const ofPages = {
    ...everywhere,
    'content-security-policy': [...pagePolicy, ...(isHttps ? ['upgrade-insecure-requests'] : [])].join('; '),
    'referrer-policy': 'same-origin',
    'x-frame-options': 'SAMEORIGIN',
    'x-dns-prefetch-control': 'off',
    'x-permitted-cross-domain-policies': 'none',
    ...(isHttps ? { 'cross-origin-opener-policy': 'same-origin', 'origin-agent-cluster': '?1' } : {}),
  };
  const ofApi = { ...everywhere, 'content-security-policy': apiPolicy };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(isApi(request.url) ? ofApi : ofPages);
    done();
  });
}

/** Whether an address lies in the API; the page that explains it at `/api/docs` does not. */
const isApi = (url: string): boolean => url.startsWith('/api/v1') || /^\/w\/[^/]+\/api\//.test(url);
