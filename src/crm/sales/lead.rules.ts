import { message } from '../../lib/message.ts';
import { isChanged, type Rule } from '../../model/rule.ts';

const locked = message(
  'lead.converted-locked',
  'This lead was converted and stays as it was; only its description, owner and teams may change. Undo the conversion to work on it again.',
  'Cette piste a été convertie et reste en l’état ; seuls sa description, son responsable et ses équipes peuvent changer. Annulez la conversion pour la reprendre.',
  'Este prospecto se convirtió y queda como estaba; solo pueden cambiar su descripción, su responsable y sus equipos. Deshaga la conversión para retomarlo.',
);

/** What may still change about a lead that was converted. */
const free = new Set(['description', 'owner', 'teams']);

/** What holds for every lead besides its validations, whichever door writes it. */
export const leadRules: readonly Rule[] = [
  {
    entity: 'lead',
    name: 'a converted lead stays as it was',
    check(change) {
      if (change.before?.convertedAt == null || change.after.convertedAt == null) return [];
      if (change.verb !== 'update') return [];
      return Object.keys(change.after)
        .filter((field) => !free.has(field) && isChanged(change, field))
        .map((field) => ({ field, message: locked, value: change.after[field] }));
    },
  },
];
