import type { FastifyRequest } from 'fastify';
import { maxFileBytes } from '../../engine/import/decode.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { neededText, optional, readBody } from '../http/input.ts';

const notAForm = message(
  'upload-not-a-form',
  'Send the file as multipart/form-data, with the fields “entity” and “file”.',
  'Envoyez le fichier en multipart/form-data, avec les champs « entity » et « file ».',
  'Envíe el archivo como multipart/form-data, con los campos «entity» y «file».',
);
const noFile = message(
  'upload-no-file',
  'There is no file: send one in the field “file”.',
  'Il n’y a pas de fichier : envoyez-en un dans le champ « file ».',
  'No hay ningún archivo: envíe uno en el campo «file».',
);
const tooLarge = message(
  'upload-too-large',
  'The file is larger than {max} MB. Split it into several files.',
  'Le fichier dépasse {max} Mo. Découpez-le en plusieurs fichiers.',
  'El archivo supera los {max} MB. Divídalo en varios archivos.',
);
const broken = message(
  'upload-broken',
  'The form can’t be read: it ended early, or has more than one file or too many fields.',
  'Le formulaire est illisible : il s’est interrompu, ou contient plusieurs fichiers ou trop de champs.',
  'El formulario no se puede leer: terminó antes de tiempo, o tiene más de un archivo o demasiados campos.',
);

/** A file sent to be imported. */
interface Upload {
  readonly entity: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly source?: string;
}

/** Reads a form with a file and the entity it goes into, in whatever order they come. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem('unsupported-media', { message: notAForm });
  const given: Record<string, unknown> = {};
  let file: { readonly fileName: string; readonly bytes: Uint8Array } | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') file = { fileName: part.filename ?? '', bytes: await part.toBuffer() };
      else given[part.fieldname] = part.value;
    }
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Problem('too-large', { message: tooLarge, params: { max: maxFileBytes / 1024 / 1024 } });
    throw new Problem('malformed', { message: broken });
  }
  if (!file) throw new Problem('invalid', { mistakes: [{ field: 'file', message: noFile }] });
  const { entity, source } = readBody(given, { entity: neededText(60), source: optional(neededText(60)) });
  return { entity, ...file, ...(source === undefined ? {} : { source }) };
}
