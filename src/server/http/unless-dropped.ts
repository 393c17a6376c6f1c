import type { FastifyRequest } from 'fastify';
import { isWorkspaceThere } from '../../engine/workspace/workspace-names.ts';
import { unknownWorkspace } from '../auth/recognise.ts';
import type { Services } from './services.ts';

/** What PostgreSQL says of a table, and of a schema, that isn’t there. */
const missing: ReadonlySet<unknown> = new Set(['42P01', '3F000']);

/**
 * What went wrong with a request; where it did because its workspace was dropped under it, before this process heard
 * of that, that there is no such workspace.
 */
export async function unlessDropped(
  services: Services,
  error: unknown,
  { workspace }: FastifyRequest,
): Promise<unknown> {
  if (!workspace || !(error instanceof Error) || !missing.has((error as { code?: unknown }).code))
    return error;
  const isThere = await isWorkspaceThere(services.db, workspace.name).catch(() => true);
  return isThere ? error : unknownWorkspace(workspace.name);
}
