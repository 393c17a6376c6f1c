import { message } from '../../lib/message.ts';
import { isTimeZone } from '../../lib/time-zone.ts';
import type { Rule } from '../../model/rule.ts';

const noZone = message(
  'user-time-zone',
  'There is no time zone “{given}”. Give one like Europe/Paris.',
  'Il n’y a pas de fuseau horaire « {given} ». Donnez-en un comme Europe/Paris.',
  'No hay ninguna zona horaria «{given}». Dé una como Europe/Madrid.',
);

/** What must hold for users, through every door. */
export const userRules: readonly Rule[] = [
  {
    entity: 'user',
    name: 'the time zone is one of the IANA database',
    check: ({ after }) => {
      const given = after.timeZone;
      if (typeof given !== 'string' || isTimeZone(given)) return [];
      return [{ field: 'timeZone', message: noZone, params: { given }, value: given }];
    },
  },
];
