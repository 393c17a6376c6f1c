import { message } from '../../lib/message.ts';
import type { Entity } from '../../model/entity.ts';
import { mayWrite, readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from './draft.ts';

/** Says that something is wrong which the asker may not see. */
export const unseen = message(
  'unseen-field-wrong',
  'Something that your roles don’t show you isn’t right here. Ask an administrator to save it, or to show you the field.',
  'Une information que vos rôles ne vous montrent pas ne convient pas ici. Demandez à un administrateur de l’enregistrer, ou de vous montrer le champ.',
  'Algo que sus roles no le muestran no es correcto aquí. Pida a un administrador que lo guarde o que le muestre el campo.',
);
const missing = message(
  'required-not-writable',
  '{label} is needed, and your roles don’t let you fill it in. Ask an administrator for the right to write this field.',
  '{label} est obligatoire, et vos rôles ne vous permettent pas de le remplir. Demandez à un administrateur le droit d’écrire ce champ.',
  '{label} es obligatorio y sus roles no le permiten rellenarlo. Pida a un administrador el derecho a escribir este campo.',
);

/**
 * Lets no mistake tell of a field that the writer may not see, and none ask for what he may not write: these are told
 * as what they are, a right that is missing.
 */
export function veilMistakes(ctx: Ctx, entity: Entity, drafts: readonly Draft[]): void {
  const seen = readableFields(ctx, entity);
  for (const draft of drafts) {
    for (const [index, mistake] of draft.mistakes.entries()) {
      const name = mistake.field.split('.')[0] ?? '';
      const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
      // Who names a field that he may not see hears that there is none.
      if (!field || mistake.message.code.startsWith('unknown-field')) continue;
      if (!Object.hasOwn(seen, name)) draft.mistakes[index] = { field: entity.title, message: unseen };
      else if (mistake.message.code === 'required' && !mayWrite(ctx, entity, name))
        draft.mistakes[index] = { field: name, message: missing, params: { label: field.label } };
    }
  }
}
