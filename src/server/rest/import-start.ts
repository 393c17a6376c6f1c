import type { FastifyRequest } from 'fastify';
import { startSet } from '../../engine/import/sets.ts';
import { importJob } from '../../jobs/import.job.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { ctxOf, onceKept, workspaceOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';

const noWorkers = message(
  'import-no-workers',
  'Imports can’t be worked on right now. Try again in a moment.',
  'Les importations ne peuvent pas être traitées pour le moment. Réessayez dans un instant.',
  'Ahora mismo no se pueden tratar las importaciones. Inténtelo de nuevo en un momento.',
);

/** What an import can be asked to do, each a job that is then polled. */
export const importWorks = ['check', 'run', 'undo'] as const;

/** Starts work on an import, and sends for a worker once that is kept. */
export async function startImport(
  services: Services,
  request: FastifyRequest,
  set: string,
  what: (typeof importWorks)[number],
): Promise<void> {
  const { jobs } = services;
  if (!jobs) throw new Problem('not-ready', { message: noWorkers });
  await startSet(ctxOf(services, request), set, what);
  await onceKept(request, () => jobs.send(importJob, { workspace: workspaceOf(request).name, id: set }));
}
