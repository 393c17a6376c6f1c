import type { FastifyInstance, FastifyRequest } from 'fastify';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Handler } from './services.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A method that an address may take. */
export type Method = (typeof methods)[number];

const refused = message(
  'method-not-taken',
  'This address takes {allowed}, not {method}.',
  'Cette adresse accepte {allowed}, pas {method}.',
  'Esta dirección acepta {allowed}, no {method}.',
);

/**
 * Serves an address with a handler for each method it takes; every other method is answered 405 with `Allow`,
 * after `exists` had its chance to say that the address names nothing at all.
 */
export function address(
  app: FastifyInstance,
  url: string,
  handlers: Partial<Record<Method, Handler>>,
  exists: (request: FastifyRequest) => unknown = () => undefined,
): void {
  for (const method of methods) {
    const handler = handlers[method];
    if (handler) app.route({ method, url, handler });
  }
  const allow = [
    ...methods.filter((method) => handlers[method]),
    ...(handlers.GET ? (['HEAD'] as const) : []),
  ];
  const others = [...methods, 'HEAD' as const, 'OPTIONS' as const].filter(
    (method) => !(allow as string[]).includes(method),
  );
  const refuse = async (request: FastifyRequest): Promise<never> => {
    exists(request);
    const params = { allowed: allow.join(', '), method: request.method };
    throw new Problem('method-not-allowed', { message: refused, params, extra: { allow } });
  };
  app.route({ method: others, url, onRequest: refuse, handler: refuse });
}
