import type { exportEn } from './export.en.ts';

/** Spanish texts of exports and of the log that keeps them. */
export const exportEs: typeof exportEn = {
  title: 'Exportar',
  format: 'Tipo de archivo',
  formats: { xlsx: 'Excel', csv: 'CSV', jsonl: 'JSON lines' },
  fields: 'Campos',
  shown: 'Las columnas de esta lista',
  all: 'Todos los campos',
  read: 'Como lo leen las personas',
  readHelp: 'Etiquetas en lugar de los nombres y códigos que usan los programas.',
  take: 'Exportar',
  begun: 'El archivo va camino de sus descargas.',
  log: 'Registro de seguridad',
};
