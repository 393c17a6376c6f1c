import type { rulesEn } from './rules.en.ts';

/** Spanish texts of the administrator's validation rules. */
export const rulesEs: typeof rulesEn = {
  title: 'Reglas de validación',
  add: 'Añadir regla',
  edit: 'Cambiar la regla',
  name: 'Nombre',
  entity: 'Registros',
  wrongWhen: 'Un registro está mal cuando',
  wrongWhenHelp:
    'No se guarda mientras sea cierto. Los registros antiguos quedan como están hasta que alguien los cambie.',
  field: 'Indicarlo en el campo',
  messageIn: 'Mensaje en {{language}}',
  messageHelp: 'Qué está mal y qué hacer. No nombre valores que no todos puedan ver.',
  active: 'En vigor',
  state: 'Estado',
  inactive: 'Desactivada',
  broken: 'Ya no se puede leer',
  switchOff: 'Desactivar',
  switchOn: 'Activar',
  remove: 'Eliminar',
  removeTitle: '¿Eliminar la regla «{{name}}»?',
  removeWords: 'Desde entonces los registros se guardan sin ella.',
  check: '¿Cuántos registros la incumplen?',
  none: 'Ningún registro la incumple.',
  some_one: '{{count}} registro la incumple.',
  some_many: '{{count}} de registros la incumplen.',
  some_other: '{{count}} registros la incumplen.',
  many: 'Más de {{count}} registros la incumplen.',
  nothing: 'Todavía no hay reglas',
  nothingWords:
    'Una regla mantiene los registros correctos por todas las puertas: formularios, archivos y programas.',
};
