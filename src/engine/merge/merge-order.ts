import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { type MergeOrder, mostMerged } from '../../model/merge.ts';

const howMany = message(
  'merge-how-many',
  'Name 1 to {max} records that go into this one; {count} are named.',
  'Indiquez de 1 à {max} fiches à fusionner dans celle-ci ; {count} sont indiquées.',
  'Indique de 1 a {max} registros que entran en este; hay {count}.',
);
const notId = message(
  'merge-bad-id',
  'This isn’t the id of a record.',
  'Ce n’est pas l’identifiant d’une fiche.',
  'Esto no es el identificador de un registro.',
);
const itself = message(
  'merge-with-itself',
  'The record {id} can’t go into itself: leave it out.',
  'La fiche {id} ne peut pas être fusionnée avec elle-même : retirez-la.',
  'El registro {id} no puede entrar en sí mismo: quítelo.',
);
const twice = message(
  'merge-named-twice',
  'The record {id} is named twice: name it once.',
  'La fiche {id} figure deux fois : indiquez-la une seule fois.',
  'El registro {id} aparece dos veces: indíquelo una sola vez.',
);

const versionOfOther = message(
  'merge-version-other',
  'This isn’t the id of one of the records that are merged: leave it out.',
  'Ce n’est pas l’identifiant de l’une des fiches fusionnées : retirez-le.',
  'Esto no es el identificador de uno de los registros que se fusionan: quítelo.',
);

/** An order whose ids are ids, each named once; refused with every mistake. */
export function checkedOrder(id: string, order: MergeOrder): MergeOrder {
  const ids = order.with;
  const mistakes: Mistake[] = [];
  if (ids.length < 1 || ids.length >= mostMerged)
    mistakes.push({ field: 'with', message: howMany, params: { max: mostMerged - 1, count: ids.length } });
  for (const [index, one] of ids.slice(0, mostMerged).entries()) {
    const at = { field: `with[${index}]`, value: one };
    if (!isId(one)) mistakes.push({ ...at, message: notId });
    else if (one === id) mistakes.push({ ...at, message: itself, params: { id } });
    else if (ids.indexOf(one) !== index) mistakes.push({ ...at, message: twice, params: { id: one } });
  }
  for (const one of Object.keys(order.versions ?? {}))
    if (one !== id && !ids.includes(one))
      mistakes.push({ field: `versions.${one}`, message: versionOfOther, value: one });
  if (mistakes.length > 0) throw new Problem('invalid', { mistakes });
  return order;
}
