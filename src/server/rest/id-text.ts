import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { neededText, type Reader } from '../http/input.ts';

const notAnId = message(
  'input-not-id',
  'Give the id of a record.',
  'Donnez l’identifiant d’une fiche.',
  'Dé el identificador de un registro.',
);

/** The id of a record in a body. */
export const idText: Reader<string> = (given) => {
  const text = neededText(100)(given);
  if ('mistake' in text) return text;
  const id = text.value.toLowerCase();
  return isId(id) ? { value: id } : { mistake: { message: notAnId } };
};
