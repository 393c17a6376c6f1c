import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import type { Reader } from '../http/input.ts';

const badCursor = message(
  'import-bad-cursor',
  'This isn’t a place in the list: take “next” of the page before.',
  'Ceci n’est pas une position dans la liste : reprenez « next » de la page précédente.',
  'Esto no es una posición en la lista: tome «next» de la página anterior.',
);

/** A place in a list of imports. */
export const importCursor: Reader<string | undefined> = (given) =>
  given === undefined || isId(given) ? { value: given } : { mistake: { message: badCursor } };
