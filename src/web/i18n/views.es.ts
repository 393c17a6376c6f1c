import type { viewsEn } from './views.en.ts';

/** Spanish texts of the views of a list. */
export const viewsEs: typeof viewsEn = {
  shown: 'Vista: {{name}}',
  shownChanged: 'Vista: {{name}}, modificada',
  all: 'Todo: {{entity}}',
  mine: 'Mis vistas',
  shared: 'Compartidas conmigo',
  modified: 'modificada',
  save: 'Guardar los cambios de «{{name}}»',
  saveAs: 'Guardar como vista nueva',
  edit: 'Cambiar nombre o compartir',
  makeDefault: 'Abrir esta primero',
  pin: 'Mostrar en la navegación',
  unpin: 'Quitar de la navegación',
  remove: 'Eliminar esta vista',
  removed: 'La vista «{{name}}» está eliminada.',
  saved: 'La vista «{{name}}» está guardada.',
  missing: 'Esta vista ya no existe o no está compartida con usted. Ve todos los registros.',
  navigation: 'Vistas',
  through: 'De registros relacionados',
  addThrough: 'Añadir un campo de un registro relacionado',
};
