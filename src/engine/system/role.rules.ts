import { message } from '../../lib/message.ts';
import { everyone, everyRole } from '../../model/access.ts';
import type { Rule } from '../../model/rule.ts';

const reserved = message(
  'role-code-reserved',
  'Declarations call everybody “{code}”, so no role can be called so: choose another code.',
  'Les déclarations désignent tout le monde par « {code} » : aucun rôle ne peut porter ce code, choisissez-en un autre.',
  'Las declaraciones llaman «{code}» a todos, así que ningún rol puede llamarse así: elija otro código.',
);

/** What must hold for roles. */
export const roleRules: readonly Rule[] = [
  {
    entity: 'role',
    name: 'no role is called as everybody is',
    check: ({ after: { code } }) =>
      code === everyone || code === everyRole
        ? [{ field: 'code', message: reserved, params: { code }, value: code }]
        : [],
  },
];
