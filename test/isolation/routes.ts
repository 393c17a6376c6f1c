import type { FastifyInstance } from 'fastify';

/** An address of the router, with its parameters as `:name`. */
export interface Route {
  readonly path: string;
  readonly methods: readonly string[];
}

/** Every address of an app, as its router knows them: a door that is added is among them by itself. */
export function routesOf(app: FastifyInstance): readonly Route[] {
  const routes: Route[] = [];
  /** The parts of the address down to the line, by depth. */
  const parts: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods] = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') continue;
    const depth = indent.length / 4;
    parts.length = depth;
    parts[depth - 1] = part;
    const path = parts.join('').replaceAll('//', '/');
    if (methods) routes.push({ path, methods: methods.split(', ') });
  }
  return routes;
}

/** The methods that an address really takes: the others are answered 405 before anybody is recognised. */
export const knocking = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
