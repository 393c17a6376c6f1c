import type { FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/ctx.ts';
import { dropFile, keepFile } from '../../engine/import/files.ts';
import { openSet } from '../../engine/import/open-set.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import { neededText, optional, type Reader, readBody } from '../http/input.ts';

/** Files of one request. */
export const mostFiles = 50;

const notAForm = message(
  'upload-not-a-form',
  'Send the file as multipart/form-data, with the field “file” and, if you like, “entity” and “source”.',
  'Envoyez le fichier en multipart/form-data, avec le champ « file » et, si vous voulez, « entity » et « source ».',
  'Envíe el archivo como multipart/form-data, con el campo «file» y, si quiere, «entity» y «source».',
);
const noFile = message(
  'upload-no-file',
  'There is no file: send one in the field “file”.',
  'Il n’y a pas de fichier : envoyez-en un dans le champ « file ».',
  'No hay ningún archivo: envíe uno en el campo «file».',
);
const tooMany = message(
  'upload-too-many',
  'Send at most {max} files at once here. Several files that belong together go to /import-sets.',
  'Envoyez ici {max} fichier(s) au plus à la fois. Plusieurs fichiers liés s’envoient à /import-sets.',
  'Envíe aquí como máximo {max} archivo(s) a la vez. Varios archivos relacionados se envían a /import-sets.',
);
const broken = message(
  'upload-broken',
  'The form can’t be read: it ended early, or has too many fields or too long ones.',
  'Le formulaire est illisible : il s’est interrompu, ou contient des champs trop nombreux ou trop longs.',
  'El formulario no se puede leer: terminó antes de tiempo, o tiene demasiados campos o demasiado largos.',
);
const entityCount = message(
  'upload-entity-count',
  'Give “entity” once for all files, or once for each of them in their order: there are {files} files and {given} entities.',
  'Donnez « entity » une fois pour tous les fichiers, ou une fois pour chacun dans leur ordre : il y a {files} fichiers et {given} entités.',
  'Dé «entity» una vez para todos los archivos, o una vez para cada uno en su orden: hay {files} archivos y {given} entidades.',
);
const notASet = message(
  'upload-not-a-set',
  'Give the id of an import that hasn’t run, or leave this out.',
  'Donnez l’identifiant d’une importation non lancée, ou omettez ce champ.',
  'Dé el id de una importación no ejecutada, u omita este campo.',
);

const setId: Reader<string | undefined> = (given) =>
  given === undefined || isId(given) ? { value: given } : { mistake: { message: notASet } };

/** A form as it came: its files kept, its texts by name. */
interface Form {
  readonly files: { readonly id: string; readonly fileName: string }[];
  readonly entities: unknown[];
  readonly given: Record<string, unknown>;
}

/**
 * Takes the files of a form, with what they hold (`entity`, once or once a file), where they come from (`source`) and
 * the import they join (`set`), in whatever order the parts come; answers the import's id. No file is ever whole in
 * memory, and of a form that is refused nothing is kept.
 */
export async function takeUpload(ctx: Ctx, request: FastifyRequest, most: number): Promise<string> {
  if (!request.isMultipart()) throw new Problem('unsupported-media', { message: notAForm });
  const form: Form = { files: [], entities: [], given: {} };
  try {
    await readParts(ctx, request, form, most);
    const { files } = form;
    const { source, set } = readBody(form.given, { source: optional(neededText(60)), set: setId });
    if (files.length === 0) throw new Problem('invalid', { mistakes: [{ field: 'file', message: noFile }] });
    const entities = entitiesOf(form);
    return await openSet(
      ctx,
      files.map((file, place) => {
        const entity = entities[place];
        return { ...file, ...(entity === undefined ? {} : { entity }) };
      }),
      { ...(source === undefined ? {} : { source }), ...(set === undefined ? {} : { set }) },
    );
  } catch (error) {
    // What went wrong otherwise took its transaction with it, or is swept a day later.
    if (error instanceof Problem) for (const { id } of form.files) await dropFile(ctx, id);
    throw error;
  }
}

async function readParts(ctx: Ctx, request: FastifyRequest, form: Form, most: number): Promise<void> {
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (form.files.length === most) throw tooManyFiles(most);
        const fileName = part.filename ?? '';
        form.files.push({ id: await keepFile(ctx, { fileName, bytes: part.file }), fileName });
      } else if (part.fieldname === 'entity') form.entities.push(part.value);
      else form.given[part.fieldname] = part.value;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code } = error as { code?: unknown };
    if (code === 'FST_FILES_LIMIT') throw tooManyFiles(most);
    if (typeof code === 'string' && !code.startsWith('FST_') && code !== 'ECONNRESET') throw error;
    throw new Problem('malformed', { message: broken });
  }
}

const tooManyFiles = (max: number): Problem =>
  new Problem('invalid', { mistakes: [{ field: 'file', message: tooMany, params: { max } }] });

/** What was said of each file, by its place; an empty text leaves it to be guessed. */
function entitiesOf({ files, entities }: Form): readonly (string | undefined)[] {
  const read = entities.map((entity) =>
    entity === '' ? undefined : readBody({ entity }, { entity: neededText(60) }).entity,
  );
  if (read.length <= 1) return files.map(() => read[0]);
  if (read.length === files.length) return read;
  throw new Problem('invalid', {
    mistakes: [
      {
        field: 'entity',
        message: entityCount,
        params: { files: files.length, given: read.length },
      },
    ],
  });
}
