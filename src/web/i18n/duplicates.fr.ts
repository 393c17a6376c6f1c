import type { duplicatesEn } from './duplicates.en.ts';

/** French texts of records that may be the same. */
export const duplicatesFr: typeof duplicatesEn = {
  title: 'Doublons : {{entities}}',
  link: 'Doublons',
  search: 'Recherche de doublons',
  searchNow: 'Chercher maintenant',
  searchAgain: 'Chercher de nouveau',
  never: '{{entities}} : les doublons n’ont encore jamais été cherchés.',
  neverTitle: 'Rien de comparé pour l’instant',
  neverWords:
    'La recherche compare toutes les fiches selon les règles et montre ici les paires qui sont peut-être la même. Elle ne modifie rien.',
  neverAsk:
    '{{entities}} : les doublons n’ont encore jamais été cherchés. Un administrateur peut lancer la recherche.',
  waiting: 'La recherche va commencer…',
  state: {
    scanning: '{{done}} sur {{total}} examinées',
    done: '{{total}} fiches examinées le {{when}}. Ce qui est écrit depuis est examiné toutes les quelques minutes.',
    cancelled: 'Recherche arrêtée le {{when}} après {{done}} fiches sur {{total}}.',
    failed: 'La recherche s’est interrompue le {{when}} après {{done}} fiches sur {{total}}.',
  },
  outdated:
    'Les règles ont changé depuis : cherchez de nouveau pour trouver ce qu’elles trouvent maintenant.',
  rules: 'Règles',
  which: 'Quelles paires',
  open: 'Peut-être la même',
  none: 'Pas la même',
  toList: 'Vers la liste',
  pairs: 'Paires',
  score: '{{score}} points sur 100',
  reasons: 'Pour et contre',
  merge: 'Fusionner',
  notOne: 'Pas la même',
  reopen: 'Peut-être la même, finalement',
  keptApart: 'Ces fiches ne sont plus signalées comme doublons.',
  reopened: 'Ces fiches sont de nouveau signalées comme doublons.',
  decided: 'Pas la même : {{who}}, {{when}}',
  more: 'Plus de paires',
  nothing: 'Aucun doublon trouvé',
  nothingWords:
    '{{entities}} : parmi les fiches que vous pouvez voir, aucune ne semble être la même qu’une autre.',
  nothingKept: 'Rien de décidé',
  nothingKeptWords:
    'Les paires dont quelqu’un dit qu’elles ne sont pas la même sont conservées ici et peuvent être reprises.',
  createAnyway: 'Créer quand même',
  doAnyway: '{{act}} quand même',
  setAs: 'Renseigner « {{field}} »',
  setAsOne: 'Renseigner « {{field}} » : {{title}}',
  compared: 'Comparer avec',
  among: 'Entre elles',
  into: '{{act}} en celle-ci',
  pairNote: '{{one}} et {{other}}',
};
