import type { formEn } from './form.en.ts';

/** Spanish texts of forms. */
export const formEs: typeof formEn = {
  create: 'Crear',
  keys: '{{keys}} guarda, Esc cancela',
  wrong_one: '{{count}} valor por corregir',
  wrong_many: '{{count}} valores por corregir',
  wrong_other: '{{count}} valores por corregir',
  kept: 'Nada de lo que escribió se ha perdido. Inténtelo de nuevo en un momento.',
  leaveTitle: '¿Salir sin guardar?',
  leaveWords: 'Lo que escribió aquí aún no está guardado.',
  leave: 'Salir',
  stay: 'Quedarse aquí',
};
