import type { boardEn } from './board.en.ts';

/** Spanish texts of the board. */
export const boardEs: typeof boardEn = {
  move: 'Mover a …',
  moveOne: 'Mover {{title}}',
  moved: '{{title}} está ahora en {{column}}.',
  lifted:
    '{{title}} está levantada. Izquierda y derecha eligen una columna, Intro la suelta, Escape la devuelve.',
  over: '{{column}}, {{position}} de {{total}}. Intro suelta.',
  putBack: '{{title}} se queda en {{column}}.',
  refused: '{{title}} se queda donde estaba',
  card: 'Tarjeta. Intro abre, Espacio levanta, M mueve.',
  hideClosed: 'Ocultar las cerradas',
  none: 'Nada aquí',
  noValue: 'Sin valor',
  more: 'Mostrar más',
  failed: 'No se pudo cargar esta columna.',
  tooMany: 'Más de {{n}} resultados: acote el filtro para ver los totales, o pídalos.',
  countExactly: 'Contar exactamente',
  count_one: '{{n}} tarjeta',
  count_many: '{{n}} tarjetas',
  count_other: '{{n}} tarjetas',
  noBoard: 'No hay tablero de {{entity}}',
};
