import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { noteExport, settleExport } from '../../engine/export/note-export.ts';
import {
  type ExportFile,
  exportFormats,
  type FormatName,
  openExport,
} from '../../engine/export/open-export.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { address } from '../http/address.ts';
import { flag, names, neededText, oneOf, optional, type Reader, readQuery } from '../http/input.ts';
import { ctxOf, visitorOf } from '../http/request-ctx.ts';
import type { Services } from '../http/services.ts';
import { entityOfRequest } from './entity-of-request.ts';
import { given } from './given.ts';

/** Exports that one process writes at once: each holds a connection, perhaps for minutes. */
const most = 3;

const tooMany = message(
  'export-too-many',
  '{most} exports are being written just now: try again when one of them is done.',
  '{most} exportations sont en cours : réessayez quand l’une d’elles sera terminée.',
  'Hay {most} exportaciones en curso: inténtelo de nuevo cuando termine una de ellas.',
);

const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const;
const delimiter: Reader<(typeof delimiters)[keyof typeof delimiters] | undefined> = (sent) => {
  if (sent === undefined || sent === 'auto') return { value: undefined };
  const read = oneOf(['auto', 'comma', 'semicolon', 'tab'])(sent);
  if ('mistake' in read) return read;
  return { value: read.value === 'auto' ? undefined : delimiters[read.value] };
};
const formats = Object.keys(exportFormats) as FormatName[];

/** The door through which records leave as a file, written while it is sent. */
export function exportRoute(app: FastifyInstance, services: Services): void {
  let running = 0;
  const hold = (): (() => void) => {
    let isHeld = true;
    running += 1;
    return () => {
      if (isHeld) running -= 1;
      isHeld = false;
    };
  };
  address(
    app,
    '/:plural/export',
    {
      GET: async (request, reply) => {
        const entity = entityOfRequest(request);
        const { format, ...asked } = readQuery(request.query, {
          format: oneOf(formats),
          where: optional(neededText(10_000)),
          sort: optional(neededText(1000)),
          fields: names,
          removed: flag,
          header: optional(oneOf(['names', 'labels'])),
          delimiter,
          bom: optional(flag),
        });
        if (running >= most)
          throw new Problem('too-many', { message: tooMany, params: { most }, extra: { retryAfter: 10 } });
        const release = hold();
        const ctx = ctxOf(services, request, reply);
        let file: ExportFile;
        let note: string;
        try {
          file = await openExport(ctx, entity, { format, ...given(asked) });
          note = await noteExport(ctx, entity, { format, ...asked }, visitorOf(request)).catch(
            async (error: unknown) => {
              await file.close();
              throw error;
            },
          );
        } catch (error) {
          release();
          throw error;
        }
        const stream = Readable.from(file.chunks, { objectMode: false });
        stream.once('close', () => {
          release();
          void file
            .close()
            .then(() => settleExport(ctx, note, file.progress()))
            .catch((error: unknown) => request.log.error({ err: error }, 'an export was not settled'));
        });
        reply
          .header('content-type', file.contentType)
          .header('content-disposition', `attachment; filename="${file.name}"`);
        if (request.method !== 'HEAD') return reply.send(stream);
        // Who asks for the head alone gets no rows read for him.
        stream.destroy();
        return reply.send();
      },
    },
    entityOfRequest,
  );
}
