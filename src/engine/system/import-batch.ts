import { choice } from '../../fields/choice/choice.ts';
import { dateTime } from '../../fields/date-time/date-time.ts';
import { longText } from '../../fields/long-text/long-text.ts';
import { number } from '../../fields/number/number.ts';
import { text } from '../../fields/text/text.ts';
import { labels } from '../../lib/locale.ts';
import { entity } from '../../model/entity.ts';

/**
 * One file on its way into an entity: mapping, progress, counts, and what undoing it did. Written by the import
 * itself alone, so that its counts and state are always what happened.
 */
export const importBatch = entity({
  name: 'import-batch',
  plural: 'import-batches',
  label: {
    one: labels('Import', 'Importation', 'Importación'),
    many: labels('Imports', 'Importations', 'Importaciones'),
  },
  icon: 'file-import',
  system: true,
  title: 'fileName',
  fields: {
    fileName: text({ label: labels('File', 'Fichier', 'Archivo'), required: true, readOnly: true, max: 255 }),
    // The files of one run have the same; left out of files that were opened when each was a run of its own.
    set: text({ label: labels('Set', 'Lot', 'Conjunto'), readOnly: true, max: 36 }),
    entity: text({ label: labels('Into', 'Vers', 'Destino'), required: true, readOnly: true, max: 60 }),
    source: text({ label: labels('Source', 'Source', 'Origen'), readOnly: true, max: 60 }),
    state: choice({
      label: labels('State', 'État', 'Estado'),
      required: true,
      readOnly: true,
      default: 'draft',
      values: [
        { code: 'draft', label: labels('Draft', 'Brouillon', 'Borrador') },
        { code: 'checking', label: labels('Being checked', 'Vérification en cours', 'Comprobándose') },
        { code: 'checked', label: labels('Checked', 'Vérifiée', 'Comprobada') },
        { code: 'running', label: labels('Running', 'En cours', 'En curso') },
        { code: 'cancelled', label: labels('Cancelled', 'Interrompue', 'Cancelada') },
        { code: 'done', label: labels('Done', 'Terminée', 'Terminada') },
        { code: 'failed', label: labels('Stopped', 'Arrêtée', 'Detenida') },
        { code: 'undoing', label: labels('Being undone', 'Annulation en cours', 'Deshaciéndose') },
        { code: 'undone', label: labels('Undone', 'Annulée', 'Deshecha') },
      ],
    }),
    rows: number({ label: labels('Rows', 'Lignes', 'Filas'), default: 0, readOnly: true }),
    position: number({
      label: labels('Rows done', 'Lignes traitées', 'Filas tratadas'),
      default: 0,
      readOnly: true,
    }),
    created: number({ label: labels('Created', 'Créées', 'Creadas'), default: 0, readOnly: true }),
    updated: number({ label: labels('Updated', 'Mises à jour', 'Actualizadas'), default: 0, readOnly: true }),
    merged: number({ label: labels('Merged', 'Fusionnées', 'Fusionadas'), default: 0, readOnly: true }),
    skipped: number({ label: labels('Unchanged', 'Inchangées', 'Sin cambios'), default: 0, readOnly: true }),
    failed: number({ label: labels('Refused', 'Refusées', 'Rechazadas'), default: 0, readOnly: true }),
    mapping: longText({
      label: labels('Mapping', 'Correspondance', 'Asignación'),
      max: 100_000,
      readOnly: true,
    }),
    report: longText({ label: labels('Report', 'Compte rendu', 'Informe'), max: 100_000, readOnly: true }),
    startedAt: dateTime({ label: labels('Started', 'Commencée', 'Iniciada'), readOnly: true }),
    finishedAt: dateTime({ label: labels('Finished', 'Terminée', 'Finalizada'), readOnly: true }),
  },
  sorts: ['-createdAt'],
  list: {
    columns: [
      'fileName',
      'entity',
      'state',
      'rows',
      'created',
      'updated',
      'merged',
      'skipped',
      'failed',
      'createdAt',
    ],
    sort: '-createdAt',
  },
  form: [
    {
      label: labels('Import', 'Importation', 'Importación'),
      fields: ['fileName', 'entity', 'source', 'state'],
    },
  ],
  access: { sales: { read: 'own' } },
});
