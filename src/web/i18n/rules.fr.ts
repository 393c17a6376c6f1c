import type { rulesEn } from './rules.en.ts';

/** French texts of the administrator's validation rules. */
export const rulesFr: typeof rulesEn = {
  title: 'Règles de validation',
  add: 'Ajouter une règle',
  edit: 'Modifier la règle',
  name: 'Nom',
  entity: 'Fiches',
  wrongWhen: 'Une fiche est incorrecte quand',
  wrongWhenHelp:
    'Elle n’est pas enregistrée tant que c’est vrai. Les anciennes fiches restent telles quelles jusqu’à leur prochaine modification.',
  field: 'Le signaler au champ',
  messageIn: 'Message en {{language}}',
  messageHelp: 'Ce qui ne va pas et que faire. Ne citez pas de valeurs que tout le monde ne peut pas voir.',
  active: 'En vigueur',
  state: 'État',
  inactive: 'Désactivée',
  broken: 'N’est plus lisible',
  switchOff: 'Désactiver',
  switchOn: 'Activer',
  remove: 'Supprimer',
  removeTitle: 'Supprimer la règle «\u00a0{{name}}\u00a0»\u00a0?',
  removeWords: 'Les fiches seront dès lors enregistrées sans elle.',
  check: 'Combien de fiches l’enfreignent\u00a0?',
  none: 'Aucune fiche ne l’enfreint.',
  some_one: '{{count}} fiche l’enfreint.',
  some_many: '{{count}} de fiches l’enfreignent.',
  some_other: '{{count}} fiches l’enfreignent.',
  many: 'Plus de {{count}} fiches l’enfreignent.',
  nothing: 'Aucune règle pour l’instant',
  nothingWords:
    'Une règle garde les fiches correctes par toutes les portes\u00a0: formulaires, fichiers et programmes.',
};
