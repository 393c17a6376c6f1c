import type { exportEn } from './export.en.ts';

/** French texts of exports and of the log that keeps them. */
export const exportFr: typeof exportEn = {
  title: 'Exporter',
  format: 'Type de fichier',
  formats: { xlsx: 'Excel', csv: 'CSV', jsonl: 'JSON lines' },
  fields: 'Champs',
  shown: 'Les colonnes de cette liste',
  all: 'Tous les champs',
  read: 'Comme les personnes le lisent',
  readHelp: 'Des libellés à la place des noms et codes qu’utilisent les programmes.',
  take: 'Exporter',
  begun: 'Le fichier arrive dans vos téléchargements.',
  log: 'Journal de sécurité',
};
