import type { formEn } from './form.en.ts';

/** French texts of forms. */
export const formFr: typeof formEn = {
  create: 'Créer',
  keys: '{{keys}} enregistre, Échap annule',
  wrong_one: '{{count}} valeur à corriger',
  wrong_many: '{{count}} valeurs à corriger',
  wrong_other: '{{count}} valeurs à corriger',
  kept: 'Rien de votre saisie n’est perdu. Réessayez dans un instant.',
  leaveTitle: 'Partir sans enregistrer\u00a0?',
  leaveWords: 'Ce que vous avez saisi ici n’est pas encore enregistré.',
  leave: 'Partir',
  stay: 'Rester ici',
};
