import { exportFormats } from '../../engine/export/open-export.ts';
import type { Locale } from '../../lib/locale.ts';
import { message, tell } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import { operation, query } from './operation.ts';
import { type Json, schemaName } from './schema-parts.ts';

const texts = {
  export: message(
    'api-export',
    '{many}: all that match as a file, of one moment. A file that breaks off never ends its answer.',
    '{many} : toutes celles qui correspondent, en fichier, à un même instant. Un fichier interrompu ne termine jamais sa réponse.',
    '{many}: todas las que coinciden, en un archivo, de un mismo momento. Un archivo interrumpido nunca termina su respuesta.',
  ),
  format: message(
    'api-export-format',
    'csv, jsonl (a record a line, as the API answers it) or xlsx',
    'csv, jsonl (une fiche par ligne, telle que l’API la donne) ou xlsx',
    'csv, jsonl (un registro por línea, tal como lo da la API) o xlsx',
  ),
  fields: message(
    'api-export-fields',
    'Fields and paths in the order of the columns; all when left out. References are told by label and id.',
    'Champs et chemins dans l’ordre des colonnes ; tous par défaut. Les références sont données par libellé et identifiant.',
    'Campos y rutas en el orden de las columnas; todos si se omite. Las referencias se dan por etiqueta e identificador.',
  ),
  header: message(
    'api-export-header',
    'names as imports know them, or labels for people, with labels for codes as well',
    'names, les noms que connaissent les importations, ou labels, les libellés pour les personnes, aussi pour les codes',
    'names, los nombres que conocen las importaciones, o labels, las etiquetas para personas, también para los códigos',
  ),
  delimiter: message(
    'api-export-delimiter',
    'Of CSV. With semicolon numbers have a decimal comma; auto goes by the reader’s language.',
    'De CSV. Avec semicolon les nombres ont une virgule décimale ; auto suit la langue du lecteur.',
    'De CSV. Con semicolon los números llevan coma decimal; auto sigue el idioma del lector.',
  ),
  bom: message(
    'api-export-bom',
    'Of CSV: the mark by which spreadsheets know UTF-8',
    'De CSV : la marque par laquelle les tableurs reconnaissent UTF-8',
    'De CSV: la marca por la que las hojas de cálculo reconocen UTF-8',
  ),
};

/** The address under which records of an entity leave as a file. */
export function exportPath(locale: Locale, entity: Entity, shared: readonly Json[]): Json {
  const say = (key: keyof typeof texts): string => tell(locale, texts[key], { many: entity.label.many });
  const formats = Object.entries(exportFormats);
  const described = operation({
    id: `export${schemaName(entity.name)}`,
    tag: entity.label.many[locale],
    summary: say('export'),
    parameters: [
      { ...query('format', { enum: formats.map(([name]) => name) }, say('format')), required: true },
      ...shared,
      query('fields', { type: 'string' }, say('fields')),
      query('header', { enum: ['names', 'labels'], default: 'names' }, say('header')),
      query('delimiter', { enum: ['auto', 'comma', 'semicolon', 'tab'], default: 'auto' }, say('delimiter')),
      query('bom', { enum: ['0', '1'], default: '1' }, say('bom')),
    ],
    answers: { 200: null },
    refusals: [422],
  });
  const content = Object.fromEntries(formats.map(([, { contentType }]) => [contentType, {}]));
  const responses = described.responses as Readonly<Record<string, Json>>;
  return { get: { ...described, responses: { ...responses, 200: { ...responses[200], content } } } };
}
