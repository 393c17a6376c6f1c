import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * How long a request may take to come in, in milliseconds: a file of 2 GB comes over a slow line, and is written
 * to the database as it comes.
 */
export const longestUpload = 4 * 3600 * 1000;

/** How long any other body may take: it is small, and whoever dribbles it only holds a connection. */
const longestBody = 120_000;

/**
 * Ends the connection of whoever takes longer than `most` to send a body that is no form with files, or what is left of
 * one that was answered before it came.
 */
export function cutSlowBodies(app: FastifyInstance, most = longestBody): void {
  const cutLate = (raw: IncomingMessage): void => {
    const timer = setTimeout(() => raw.destroy(), most);
    const over = (): void => clearTimeout(timer);
    raw.once('end', over).once('close', over);
  };
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, raw } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !isForm(request)) cutLate(raw);
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    if (!request.raw.complete && isForm(request)) cutLate(request.raw);
    done();
  });
}

const isForm = ({ headers }: FastifyRequest): boolean => /^multipart\//i.test(headers['content-type'] ?? '');
