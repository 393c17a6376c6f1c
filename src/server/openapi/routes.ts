import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { readerLocale } from '../http/reader-locale.ts';
import { ctxOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { openApiDocument } from './document.ts';
import { docsPage } from './page-html.ts';

/** The OpenAPI document, as the reader may see it. */
export function openApiRoutes(api: FastifyInstance, services: Services): void {
  address(api, '/openapi.json', {
    GET: async (request) => {
      const base = request.url.slice(0, request.url.indexOf('/openapi.json'));
      return openApiDocument(ctxOf(services, request), { version: services.version, base });
    },
  });
}

/** The browsable page of the API, which anybody may open: it shows only what its reader may see. */
export async function docsRoutes(app: FastifyInstance, services: Services): Promise<void> {
  const files = {
    'reference.mjs': 'text/javascript; charset=utf-8',
    'reference.css': 'text/css; charset=utf-8',
  };
  for (const [name, type] of Object.entries(files)) {
    const content = await readFile(join(import.meta.dirname, 'page', name));
    address(app, `/api/docs/${name}`, {
      GET: async (_request, reply) =>
        reply.header('content-type', type).header('cache-control', 'no-cache').send(content),
    });
  }
  const page = async (
    workspace: string,
    ...[request, reply]: Parameters<NonNullable<Parameters<typeof address>[2]['GET']>>
  ) => {
    if (!(await services.workspaces.find(workspace))) throw new Problem('not-found');
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'Accept-Language')
      .send(docsPage(readerLocale(request), `/w/${workspace}/api/v1/openapi.json`));
  };
  address(app, '/api/docs', { GET: (request, reply) => page(services.mainWorkspace, request, reply) });
  address(app, '/w/:workspace/api/docs', {
    GET: (request, reply) => page((request.params as { workspace: string }).workspace, request, reply),
  });
}
