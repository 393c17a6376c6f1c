import { message } from '../../lib/message.ts';
import type { Rule } from '../../model/rule.ts';

const byHand = message(
  'lead.converted-by-hand',
  'A lead becomes converted by being converted: use “Convert”, or choose another status.',
  'Une piste devient convertie quand on la convertit : utilisez « Convertir », ou choisissez un autre statut.',
  'Un prospecto pasa a convertido al convertirlo: use «Convertir» o elija otro estado.',
);
/** What holds for every lead, whichever door writes it. */
export const leadRules: readonly Rule[] = [
  {
    entity: 'lead',
    name: 'a lead is converted by its conversion alone',
    check(change, env) {
      const isStatus = env.value('lead-status', change.after.status)?.class === 'converted';
      // Only the conversion writes this moment, and only its undo takes it away.
      const isConverted = change.after.convertedAt != null;
      if (isStatus === isConverted || (isConverted && change.before?.convertedAt != null)) return [];
      return [{ field: 'status', message: byHand, value: change.after.status }];
    },
  },
];
