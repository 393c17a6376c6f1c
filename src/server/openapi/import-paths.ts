import type { Ctx } from '../../engine/ctx.ts';
import { message, tell } from '../../lib/message.ts';
import { importSetPaths, importSetSchemas, importStates, uploadForm } from './import-set-paths.ts';
import { operation, pathIdParameter, query } from './operation.ts';
import { type Json, list, object, orNull, ref } from './schema-parts.ts';
import { texts } from './texts.ts';

const words = {
  tag: message('api-imports', 'Imports', 'Importations', 'Importaciones'),
  list: message(
    'api-import-list',
    'A page of imports, newest first',
    'Une page d’importations, les plus récentes d’abord',
    'Una página de importaciones, primero las más recientes',
  ),
  upload: message(
    'api-import-upload',
    'Upload a file; answers its columns, a preview and a guessed mapping',
    'Envoyer un fichier ; répond ses colonnes, un aperçu et une correspondance proposée',
    'Enviar un archivo; devuelve sus columnas, una vista previa y una asignación propuesta',
  ),
  read: message(
    'api-import-read',
    'Where an import stands: state, counts, notes, mapping',
    'Où en est une importation : état, nombres, remarques, correspondance',
    'Cómo va una importación: estado, recuentos, notas, asignación',
  ),
  remove: message(
    'api-import-remove',
    'Throw an import away that has written nothing',
    'Jeter une importation qui n’a rien écrit',
    'Descartar una importación que no ha escrito nada',
  ),
  map: message(
    'api-import-map',
    'Keep a mapping; its mistakes are told in the answer',
    'Garder une correspondance ; ses erreurs sont dans la réponse',
    'Guardar una asignación; sus errores van en la respuesta',
  ),
  check: message(
    'api-import-check',
    'Try the import without writing; poll while “isBusy”',
    'Essayer l’importation sans écrire ; à suivre tant que « isBusy »',
    'Probar la importación sin escribir; consulte mientras «isBusy»',
  ),
  run: message(
    'api-import-run',
    'Run the import; poll while “isBusy”',
    'Lancer l’importation ; à suivre tant que « isBusy »',
    'Ejecutar la importación; consulte mientras «isBusy»',
  ),
  undo: message(
    'api-import-undo',
    'Undo the whole import; poll while “isBusy”',
    'Annuler toute l’importation ; à suivre tant que « isBusy »',
    'Deshacer toda la importación; consulte mientras «isBusy»',
  ),
  rows: message(
    'api-import-rows',
    'What became of each row',
    'Ce qu’est devenue chaque ligne',
    'Qué fue de cada fila',
  ),
  refused: message(
    'api-import-refused',
    'The refused rows as CSV with their reasons, to correct and import again',
    'Les lignes refusées en CSV avec leurs motifs, à corriger et réimporter',
    'Las filas rechazadas en CSV con sus motivos, para corregirlas e importarlas de nuevo',
  ),
} as const;

const text: Json = { type: 'string' };
const count: Json = { type: 'integer', minimum: 0 };
const outcomes = ['created', 'updated', 'merged', 'skipped', 'failed'];

/** Schemas of imports, shaped as `src/model/import.ts` says. */
export const importSchemas: Json = {
  ...importSetSchemas,
  ImportMapping: {
    ...object(
      {
        source: text,
        match: text,
        columns: list(
          object(
            {
              column: text,
              to: orNull(text),
              by: { enum: ['key', 'id', 'title'] },
              unknown: { enum: ['create', 'refuse', 'empty'] },
              values: { type: 'object' },
            },
            ['column', 'to'],
          ),
        ),
        constants: list(object({ to: text, value: text }, ['to', 'value'])),
        currency: text,
        decimal: { enum: ['.', ','] },
        dateOrder: { enum: ['ymd', 'dmy', 'mdy'] },
        country: text,
        duplicates: { enum: ['create', 'update', 'skip', 'refuse'] },
      },
      ['source', 'match', 'columns'],
    ),
    examples: [
      {
        source: 'npsp',
        match: 'externalKey',
        columns: [
          { column: 'Account ID', to: 'externalKey' },
          { column: 'Account Name', to: 'name' },
        ],
      },
    ],
  },
  Import: object(
    {
      id: { type: 'string', format: 'uuid' },
      set: { type: 'string', format: 'uuid' },
      fileName: text,
      entity: text,
      source: text,
      state: { enum: [...importStates] },
      isBusy: { type: 'boolean' },
      rows: count,
      position: count,
      created: count,
      updated: count,
      merged: count,
      skipped: count,
      failed: count,
      notes: list(
        object({ code: text, level: { enum: ['info', 'warning'] }, message: text, rows: orNull(count) }),
      ),
      stopped: orNull(text),
      undo: orNull({ type: 'object' }),
      can: { type: 'object', additionalProperties: { type: 'boolean' } },
      columns: list(object({ name: text, samples: list(text), filled: count })),
      preview: list(list(text)),
      encoding: text,
      delimiter: text,
      format: { enum: ['csv', 'xlsx', 'jsonl', 'vcard'] },
      mapping: ref('ImportMapping'),
      targets: list({ type: 'object' }),
      unknown: list({ type: 'object' }),
      mistakes: list(object({ field: text, code: text, message: text })),
    },
    ['id', 'fileName', 'entity', 'state', 'rows', 'created', 'updated', 'merged', 'skipped', 'failed'],
  ),
  ImportPage: object({ items: list(ref('Import')), next: orNull(text), total: { type: 'null' } }, [
    'items',
    'next',
  ]),
  ImportRowPage: object(
    {
      items: list(
        object(
          {
            row: count,
            line: count,
            outcome: { enum: outcomes },
            record: orNull({ type: 'object' }),
            mistakes: list(object({ field: text, column: orNull(text), code: text, message: text })),
            cells: orNull(list(text)),
          },
          ['row', 'outcome', 'mistakes'],
        ),
      ),
      next: orNull(text),
      total: orNull(count),
    },
    ['items', 'next'],
  ),
};

/** The doors of imports. */
export function importPaths(ctx: Ctx): Json {
  const say = (key: keyof typeof words): string => tell(ctx.locale, words[key]);
  const tag = say('tag');
  const limit = query('limit', { type: 'integer', minimum: 1, maximum: 200 }, tell(ctx.locale, texts.limit));
  const after = query('after', text, tell(ctx.locale, texts.after));
  const one = [pathIdParameter];
  const job = (id: string, key: 'check' | 'run' | 'undo'): Json => ({
    post: operation({
      id,
      tag,
      summary: say(key),
      parameters: one,
      answers: { 202: ref('Import') },
      refusals: [409, 422],
    }),
  });
  return {
    ...importSetPaths(ctx, tag),
    '/imports': {
      get: operation({
        id: 'imports',
        tag,
        summary: say('list'),
        parameters: [limit, after],
        answers: { 200: ref('ImportPage') },
      }),
      post: {
        ...operation({
          id: 'uploadImport',
          tag,
          summary: say('upload'),
          answers: { 201: ref('Import') },
          refusals: [413, 415, 422],
        }),
        requestBody: uploadForm(false),
      },
    },
    '/imports/{id}': {
      get: operation({
        id: 'readImport',
        tag,
        summary: say('read'),
        parameters: one,
        answers: { 200: ref('Import') },
      }),
      delete: operation({
        id: 'removeImport',
        tag,
        summary: say('remove'),
        parameters: one,
        answers: { 204: null },
        refusals: [409],
      }),
    },
    '/imports/{id}/mapping': {
      put: operation({
        id: 'mapImport',
        tag,
        summary: say('map'),
        parameters: one,
        body: ref('ImportMapping'),
        answers: { 200: ref('Import') },
        refusals: [409],
      }),
    },
    '/imports/{id}/check': job('checkImport', 'check'),
    '/imports/{id}/run': job('runImport', 'run'),
    '/imports/{id}/undo': job('undoImport', 'undo'),
    '/imports/{id}/rows': {
      get: operation({
        id: 'importRows',
        tag,
        summary: say('rows'),
        parameters: [...one, query('outcome', { enum: outcomes }, say('rows')), limit, after],
        answers: { 200: ref('ImportRowPage') },
      }),
    },
    '/imports/{id}/failed.csv': {
      get: operation({
        id: 'refusedRows',
        tag,
        summary: say('refused'),
        parameters: one,
        answers: { 200: null },
      }),
    },
  };
}
