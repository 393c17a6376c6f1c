import type { Ctx } from '../../engine/ctx.ts';
import { message, tell } from '../../lib/message.ts';
import { operation, pathIdParameter, query } from './operation.ts';
import { type Json, list, object, orNull, ref } from './schema-parts.ts';
import { texts } from './texts.ts';

const words = {
  list: message(
    'api-import-set-list',
    'A page of imports with their files, newest first',
    'Une page d’importations avec leurs fichiers, les plus récentes d’abord',
    'Una página de importaciones con sus archivos, primero las más recientes',
  ),
  upload: message(
    'api-import-set-upload',
    'Upload one or several files that are imported in one go, in any order; what they hold is told from them where “entity” is left out',
    'Envoyer un ou plusieurs fichiers importés ensemble, dans n’importe quel ordre ; leur contenu est reconnu si « entity » est omis',
    'Enviar uno o varios archivos que se importan juntos, en cualquier orden; su contenido se reconoce si se omite «entity»',
  ),
  read: message(
    'api-import-set-read',
    'Where an import stands: its files in the order in which they are worked on, and their counts together',
    'Où en est une importation : ses fichiers dans l’ordre de leur traitement, et leurs nombres ensemble',
    'Cómo va una importación: sus archivos en el orden en que se tratan, y sus recuentos juntos',
  ),
  source: message(
    'api-import-set-source',
    'Say which system all files come from',
    'Indiquer de quel système viennent tous les fichiers',
    'Indicar de qué sistema vienen todos los archivos',
  ),
  remove: message(
    'api-import-set-remove',
    'Throw an import away that has written nothing',
    'Jeter une importation qui n’a rien écrit',
    'Descartar una importación que no ha escrito nada',
  ),
  check: message(
    'api-import-set-check',
    'Try all files without writing; poll while “isBusy”',
    'Essayer tous les fichiers sans écrire ; à suivre tant que « isBusy »',
    'Probar todos los archivos sin escribir; consulte mientras «isBusy»',
  ),
  run: message(
    'api-import-set-run',
    'Run the import, or go on with one that stopped; poll while “isBusy”',
    'Lancer l’importation, ou reprendre celle qui s’est arrêtée ; à suivre tant que « isBusy »',
    'Ejecutar la importación, o continuar la que se detuvo; consulte mientras «isBusy»',
  ),
  cancel: message(
    'api-import-set-cancel',
    'Stop a check, or a run between two steps: what it wrote stays, to be gone on with or undone',
    'Interrompre une vérification, ou une importation entre deux étapes : ce qui est écrit reste, à reprendre ou à annuler',
    'Interrumpir una comprobación, o una importación entre dos pasos: lo escrito queda, para continuar o deshacer',
  ),
  undo: message(
    'api-import-set-undo',
    'Undo the whole import; poll while “isBusy”',
    'Annuler toute l’importation ; à suivre tant que « isBusy »',
    'Deshacer toda la importación; consulte mientras «isBusy»',
  ),
  entity: message(
    'api-import-entity',
    'Say which records a file holds; another entity than before guesses its columns anew',
    'Indiquer quelles fiches contient un fichier ; une autre entité fait deviner ses colonnes à nouveau',
    'Indicar qué registros contiene un archivo; otra entidad vuelve a adivinar sus columnas',
  ),
  sheet: message(
    'api-import-sheet',
    'Import another sheet of a workbook too, as a further file of the same import',
    'Importer aussi une autre feuille d’un classeur, comme un fichier de plus de la même importation',
    'Importar también otra hoja de un libro, como un archivo más de la misma importación',
  ),
} as const;

const text: Json = { type: 'string' };
const count: Json = { type: 'integer', minimum: 0 };
const id: Json = { type: 'string', format: 'uuid' };

/** States of imports. */
export const importStates = [
  'draft',
  'checking',
  'checked',
  'running',
  'cancelled',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;

/** Schemas of imports as wholes, shaped as `src/model/import.ts` says. */
export const importSetSchemas: Json = {
  ImportSet: object(
    {
      id,
      state: { enum: [...importStates] },
      isBusy: { type: 'boolean' },
      ...Object.fromEntries(
        ['rows', 'position', 'created', 'updated', 'merged', 'skipped', 'failed'].map((name) => [
          name,
          count,
        ]),
      ),
      createdAt: { type: 'string', format: 'date-time' },
      createdBy: orNull(object({ id, label: orNull(text) }, ['id', 'label'])),
      startedAt: orNull({ type: 'string', format: 'date-time' }),
      finishedAt: orNull({ type: 'string', format: 'date-time' }),
      stopped: orNull(text),
      undo: orNull({ type: 'object' }),
      can: { type: 'object', additionalProperties: { type: 'boolean' } },
      files: list({
        allOf: [
          ref('Import'),
          object({ isEntitySure: { type: 'boolean' }, mistakes: count, otherSheets: list(text) }, [
            'isEntitySure',
            'mistakes',
            'otherSheets',
          ]),
        ],
      }),
    },
    ['id', 'state', 'rows', 'created', 'updated', 'merged', 'skipped', 'failed', 'files'],
  ),
  ImportSetPage: object({ items: list(ref('ImportSet')), next: orNull(text), total: { type: 'null' } }, [
    'items',
    'next',
  ]),
};

const several = { oneOf: [text, list(text)] };

/** A form with files; `entity` is given once for all of them, or once for each in their order. */
export const uploadForm = (isMany: boolean): Json => {
  const file: Json = { type: 'string', contentMediaType: 'application/octet-stream' };
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: object(
          {
            entity: isMany ? several : text,
            source: text,
            set: id,
            file: isMany ? { ...(list(file) as object), minItems: 1, maxItems: 50 } : file,
          },
          ['file'],
        ),
      },
    },
  };
};

/** The doors of imports as wholes, under the tag of imports. */
export function importSetPaths(ctx: Ctx, tag: string): Json {
  const say = (key: keyof typeof words): string => tell(ctx.locale, words[key]);
  const limit = query('limit', { type: 'integer', minimum: 1, maximum: 200 }, tell(ctx.locale, texts.limit));
  const after = query('after', text, tell(ctx.locale, texts.after));
  const one = [pathIdParameter];
  const act = (name: 'check' | 'run' | 'cancel' | 'undo'): Json => ({
    post: operation({
      id: `${name}ImportSet`,
      tag,
      summary: say(name),
      parameters: one,
      answers: { [name === 'cancel' ? 200 : 202]: ref('ImportSet') },
      refusals: name === 'cancel' ? [409] : [409, 422],
    }),
  });
  return {
    '/import-sets': {
      get: operation({
        id: 'importSets',
        tag,
        summary: say('list'),
        parameters: [limit, after],
        answers: { 200: ref('ImportSetPage') },
      }),
      post: {
        ...operation({
          id: 'uploadImportSet',
          tag,
          summary: say('upload'),
          answers: { 201: ref('ImportSet') },
          refusals: [409, 413, 415, 422],
        }),
        requestBody: uploadForm(true),
      },
    },
    '/import-sets/{id}': {
      get: operation({
        id: 'readImportSet',
        tag,
        summary: say('read'),
        parameters: one,
        answers: { 200: ref('ImportSet') },
      }),
      patch: operation({
        id: 'changeImportSet',
        tag,
        summary: say('source'),
        parameters: one,
        body: object({ source: { ...text, maxLength: 60 } }, ['source']),
        answers: { 200: ref('ImportSet') },
        refusals: [409],
      }),
      delete: operation({
        id: 'removeImportSet',
        tag,
        summary: say('remove'),
        parameters: one,
        answers: { 204: null },
        refusals: [409],
      }),
    },
    '/import-sets/{id}/check': act('check'),
    '/import-sets/{id}/run': act('run'),
    '/import-sets/{id}/cancel': act('cancel'),
    '/import-sets/{id}/undo': act('undo'),
    '/imports/{id}/sheets': {
      post: operation({
        id: 'openImportSheet',
        tag,
        summary: say('sheet'),
        parameters: one,
        body: object({ sheet: text }, ['sheet']),
        answers: { 201: ref('Import') },
        refusals: [409],
      }),
    },
    '/imports/{id}/entity': {
      put: operation({
        id: 'setImportEntity',
        tag,
        summary: say('entity'),
        parameters: one,
        body: object({ entity: text }, ['entity']),
        answers: { 200: ref('Import') },
        refusals: [409],
      }),
    },
  };
}
