import type { verbEn } from './verb.en.ts';

/** French texts of what is done to records, and of records that look alike. */
export const verbFr: typeof verbEn = {
  notNow: 'Ce n’est pas possible maintenant',
  back: 'Retour',
  which: '{{entity}}\u00a0: nouvelle fiche ou fiche existante',
  new: 'Nouvelle fiche',
  existing: 'Fiche existante',
  mayNotMake: 'Vos rôles ne vous permettent pas d’en créer.',
  all: 'Tous les champs',
  allOf: 'Tous les champs\u00a0: {{entity}}',
  fewer: 'Moins de champs',
  fewerOf: 'Moins de champs\u00a0: {{entity}}',
  undone: 'Annulé\u00a0: tout est comme avant.',
  duplicates: '{{entity}}\u00a0: la fiche existe peut-être déjà',
  use: 'Prendre celle-ci',
  useOne: 'Prendre celle-ci\u00a0: {{title}}',
  fill: 'Y remplir ce qui est vide',
};
