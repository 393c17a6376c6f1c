import type { verbEn } from './verb.en.ts';

/** Spanish texts of what is done to records, and of records that look alike. */
export const verbEs: typeof verbEn = {
  notNow: 'Ahora no se puede hacer',
  back: 'Volver',
  which: '{{entity}}: nueva o existente',
  new: 'Registro nueva',
  existing: 'Registro existente',
  mayNotMake: 'Sus roles no le permiten crear ninguna.',
  all: 'Todos los campos',
  allOf: 'Todos los campos: {{entity}}',
  fewer: 'Menos campos',
  fewerOf: 'Menos campos: {{entity}}',
  undone: 'Deshecho: todo está como antes.',
  duplicates: '{{entity}}: quizá ya exista',
  use: 'Usar esta',
  useOne: 'Usar esta: {{title}}',
  fill: 'Rellenar lo que allí está vacío',
};
