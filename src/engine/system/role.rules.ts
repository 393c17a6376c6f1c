import { message } from '../../lib/message.ts';
import { everyRole } from '../../model/access.ts';
import { isChanged, type Rule } from '../../model/rule.ts';

const reserved = message(
  'role-code-reserved',
  '“{given}” stands for everybody in the declarations, so no role can be called that: choose another code, like field-sales.',
  '« {given} » désigne tout le monde dans les déclarations : aucun rôle ne peut porter ce code. Choisissez-en un autre, comme field-sales.',
  '«{given}» designa a todos en las declaraciones, así que ningún rol puede llevar ese código: elija otro, como field-sales.',
);
const kept = message(
  'role-code-kept',
  'What is declared for “{before}” goes by this code, so it stays. Change the name instead, or copy the role to a new one.',
  'Ce qui est déclaré pour « {before} » tient à ce code : il ne change pas. Modifiez plutôt le nom, ou copiez le rôle vers un nouveau.',
  'Lo declarado para «{before}» depende de este código, así que no cambia. Cambie el nombre o copie el rol en uno nuevo.',
);

/** What must hold for roles, through every door: declared grants go by their codes. */
export const roleRules: readonly Rule[] = [
  {
    entity: 'role',
    name: 'the code of a role stands for it alone and stays',
    check(change) {
      const { before, after } = change;
      const given = typeof after.code === 'string' ? after.code : '';
      const told = { field: 'code', value: given };
      if (before !== null && isChanged(change, 'code'))
        return [{ ...told, message: kept, params: { before: String(before.code) } }];
      if (before === null && given.trim() === everyRole)
        return [{ ...told, message: reserved, params: { given } }];
      return [];
    },
  },
];
