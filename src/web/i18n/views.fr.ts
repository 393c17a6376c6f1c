import type { viewsEn } from './views.en.ts';

/** French texts of the views of a list. */
export const viewsFr: typeof viewsEn = {
  shown: 'Vue : {{name}}',
  shownChanged: 'Vue : {{name}}, modifiée',
  all: 'Tout : {{entity}}',
  mine: 'Mes vues',
  shared: 'Partagées avec moi',
  modified: 'modifiée',
  save: 'Enregistrer les changements de « {{name}} »',
  saveAs: 'Enregistrer comme nouvelle vue',
  edit: 'Renommer ou partager',
  makeDefault: 'Ouvrir celle-ci d’abord',
  pin: 'Afficher dans la navigation',
  unpin: 'Retirer de la navigation',
  remove: 'Supprimer cette vue',
  removed: 'La vue « {{name}} » est supprimée.',
  saved: 'La vue « {{name}} » est enregistrée.',
  missing: 'Cette vue n’existe plus ou n’est pas partagée avec vous. Vous voyez toutes les fiches.',
  navigation: 'Vues',
  through: 'De fiches liées',
  addThrough: 'Ajouter un champ d’une fiche liée',
};
