import type { boardEn } from './board.en.ts';

/** French texts of the board. */
export const boardFr: typeof boardEn = {
  move: 'Déplacer vers …',
  moveOne: 'Déplacer {{title}}',
  moved: '{{title}} est maintenant dans {{column}}.',
  lifted:
    '{{title}} est soulevée. Gauche et droite choisissent une colonne, Entrée y dépose, Échap remet en place.',
  over: '{{column}}, {{position}} sur {{total}}. Entrée dépose.',
  putBack: '{{title}} reste dans {{column}}.',
  refused: '{{title}} reste à sa place',
  card: 'Carte. Entrée ouvre, Espace soulève, M déplace.',
  hideClosed: 'Masquer les closes',
  none: 'Rien ici',
  noValue: 'Sans valeur',
  more: 'Afficher plus',
  failed: 'Cette colonne n’a pas pu être chargée.',
  tooMany: 'Plus de {{n}} résultats\u00a0: resserrez le filtre pour les totaux, ou demandez-les.',
  countExactly: 'Compter exactement',
  count_one: '{{n}} carte',
  count_many: '{{n}} cartes',
  count_other: '{{n}} cartes',
  noBoard: 'Il n’y a pas de tableau pour {{entity}}',
};
