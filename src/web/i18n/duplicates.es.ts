import type { duplicatesEn } from './duplicates.en.ts';

/** Spanish texts of records that may be the same. */
export const duplicatesEs: typeof duplicatesEn = {
  title: 'Duplicados: {{entities}}',
  link: 'Duplicados',
  search: 'Búsqueda de duplicados',
  searchNow: 'Buscar ahora',
  searchAgain: 'Buscar de nuevo',
  never: '{{entities}}: todavía no se han buscado duplicados.',
  neverAsk: '{{entities}}: todavía no se han buscado duplicados. Un administrador puede iniciar la búsqueda.',
  waiting: 'La búsqueda está a punto de empezar…',
  state: {
    scanning: '{{done}} de {{total}} examinadas',
    done: '{{total}} fichas examinadas el {{when}}. Lo que se escribe después se examina cada pocos minutos.',
    cancelled: 'Búsqueda cancelada el {{when}} tras {{done}} de {{total}} fichas.',
    failed: 'La búsqueda se detuvo el {{when}} tras {{done}} de {{total}} fichas.',
  },
  which: 'Qué pares',
  open: 'Quizá la misma',
  none: 'No es la misma',
  toList: 'A la lista',
  pairs: 'Pares',
  score: '{{score}} de 100 puntos',
  reasons: 'A favor y en contra',
  notOne: 'No es la misma',
  reopen: 'Quizá sea la misma, después de todo',
  keptApart: 'Estas fichas ya no se señalan como duplicadas.',
  reopened: 'Estas fichas vuelven a señalarse como duplicadas.',
  decided: 'No es la misma: {{who}}, {{when}}',
  more: 'Más pares',
  nothing: 'No se han encontrado duplicados',
  nothingWords: '{{entities}}: entre las fichas que puede ver, ninguna parece ser la misma que otra.',
  nothingKept: 'Nada decidido',
  nothingKeptWords:
    'Los pares de los que alguien dice que no son la misma ficha se guardan aquí y se pueden retomar.',
  createAnyway: 'Crear de todos modos',
};
