import type { FastifyReply, FastifyRequest } from 'fastify';
import { readRun } from '../../engine/bulk/runs.ts';
import { runOut } from '../../engine/bulk/view.ts';
import { bulkJob } from '../../jobs/bulk.job.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { ctxOf, onceKept, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

const noWorkers = message(
  'bulk-no-workers',
  'Nothing can be done to many records right now. Try again in a moment.',
  'Rien ne peut être fait sur plusieurs fiches pour le moment. Réessayez dans un instant.',
  'Ahora mismo no se puede hacer nada a varios registros. Inténtelo de nuevo en un momento.',
);

/** Refuses runs where nobody would do their work. */
export function refuseWithoutWorkers(services: Services): void {
  if (!services.jobs) throw new Problem('not-ready', { message: noWorkers });
}

/** Sends the job that goes through with a run, once it is kept, and answers the run as it is now. */
export async function beginRun(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
): Promise<FastifyReply> {
  const ctx = ctxOf(services, request);
  const { name: workspace } = workspaceOf(request);
  await onceKept(request, async () => services.jobs?.send(bulkJob, { workspace, id }));
  return reply.code(202).send(await runOut(ctx, await readRun(ctx, id)));
}
