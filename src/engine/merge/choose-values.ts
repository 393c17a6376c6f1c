import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { MergeOrder } from '../../model/merge.ts';
import { sameValue } from '../../model/rule.ts';
import { mayWrite, readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { unknownName } from '../record/read-input.ts';
import { combine, combinedFields, type Merged, withoutSelf } from './combine.ts';

const notOneOfThem = message(
  'merge-take-other',
  '{label}: {id} isn’t one of the records that are merged. Give the id of one of them.',
  '{label} : {id} n’est pas l’une des fiches fusionnées. Donnez l’identifiant de l’une d’elles.',
  '{label}: {id} no es uno de los registros que se fusionan. Dé el identificador de uno de ellos.',
);
const takenAndGiven = message(
  'merge-taken-and-given',
  '{label} is both taken from a record and given: leave one of them out.',
  '{label} est à la fois pris d’une fiche et donné : retirez l’un des deux.',
  '{label} se toma de un registro y además se indica: quite uno de los dos.',
);
const notOfRecord = message(
  'merge-take-fixed',
  '{label} can’t be taken from another record: that of the record that stays stays. Leave it out.',
  '{label} ne peut pas être pris d’une autre fiche : celui de la fiche conservée reste. Ne l’indiquez pas.',
  '{label} no se puede tomar de otro registro: se queda el del registro que permanece. No lo indique.',
);
const wouldBeLost = message(
  'merge-unseen-lost',
  'A record that goes holds something that your roles don’t show you, or don’t let you write, and the one that stays doesn’t. Keep that record instead, or ask an administrator.',
  'Une fiche qui disparaît contient une information que vos rôles ne vous montrent pas, ou ne vous permettent pas d’écrire, et que la fiche conservée n’a pas. Conservez plutôt cette fiche, ou adressez-vous à un administrateur.',
  'Un registro que desaparece contiene algo que sus roles no le muestran, o no le dejan escribir, y que el que permanece no tiene. Conserve ese registro, o pregunte a un administrador.',
);

/** What the record that stays is to be given. */
export interface Chosen {
  /** Values as a change of the record takes them. */
  readonly input: Record<string, unknown>;
  /** Of these the asker said nothing. */
  readonly byItself: ReadonlySet<string>;
  /** Of each field in which the records differ: the records that its value comes from. */
  readonly from: ReadonlyMap<string, readonly string[]>;
  /** Why it goes without what another record has, by field. */
  readonly left: readonly Mistake[];
  readonly mistakes: readonly Mistake[];
}

/** Works out, field by field, what records come to as one; the first of them stays. Nothing that anybody knew is dropped in silence. */
export function chooseValues(
  ctx: Ctx,
  entity: Entity,
  records: readonly Merged[],
  order: Pick<MergeOrder, 'take' | 'values'>,
): Chosen {
  const readable = readableFields(ctx, entity);
  const { take = {}, values = {} } = order;
  const mistakes = takeMistakes(readable, records, { take, values });
  const input: Record<string, unknown> = { ...values };
  const byItself = new Set<string>();
  const from = new Map<string, readonly string[]>();
  for (const field of combinedFields(entity)) {
    const { name } = field;
    const chosen = chooseOne(entity, field, records, { take, values });
    const isSeen = Object.hasOwn(readable, name);
    if (isSeen && differ(field, records)) from.set(name, chosen.from);
    if (Object.hasOwn(values, name) || sameValue(chosen.value, records[0]?.values[name] ?? null)) continue;
    if (Object.hasOwn(take, name)) input[name] = chosen.value;
    else if (isSeen && mayWrite(ctx, entity, name)) {
      input[name] = chosen.value;
      byItself.add(name);
    } else if (!field.system && addsSomething(field, chosen.value, records))
      mistakes.push({ field: isSeen ? name : entity.title, message: wouldBeLost });
  }
  return { input, byItself, from, left: [], mistakes };
}

function chooseOne(
  entity: Entity,
  field: Field,
  records: readonly Merged[],
  { take = {}, values = {} }: Pick<MergeOrder, 'take' | 'values'>,
): { readonly value: unknown; readonly from: readonly string[] } {
  if (Object.hasOwn(values, field.name)) return { value: values[field.name], from: [] };
  const taken = Object.hasOwn(take, field.name) ? records.find(({ id }) => id === take[field.name]) : null;
  if (!taken) return combine(entity, field, records);
  const ids = new Set(records.map(({ id }) => id));
  return { value: withoutSelf(entity, field, taken.values[field.name] ?? null, ids), from: [taken.id] };
}

/** Whether a value isn’t only the stayer’s own without what names the records themselves. */
const addsSomething = (field: Field, value: unknown, records: readonly Merged[]): boolean =>
  value !== null && !sameValue(value, records[0]?.values[field.name] ?? null);

const differ = (field: Field, records: readonly Merged[]): boolean =>
  records.some(
    ({ values }) => !sameValue(values[field.name] ?? null, records[0]?.values[field.name] ?? null),
  );

function takeMistakes(
  readable: Readonly<Record<string, Field>>,
  records: readonly Merged[],
  { take = {}, values = {} }: Pick<MergeOrder, 'take' | 'values'>,
): Mistake[] {
  return Object.entries(take).flatMap(([name, id]): Mistake[] => {
    const field = Object.hasOwn(readable, name) ? readable[name] : undefined;
    if (!field) return [{ ...unknownName(name, Object.keys(readable)), field: `take.${name}`, value: id }];
    const params = { label: field.label, id };
    const at = { field: `take.${name}`, params, value: id };
    if (!records.some((record) => record.id === id)) return [{ ...at, message: notOneOfThem }];
    if (Object.hasOwn(values, name)) return [{ ...at, message: takenAndGiven }];
    const isOpen = !field.readOnly && (!field.system || ['owner', 'teams'].includes(name));
    return isOpen || id === records[0]?.id ? [] : [{ ...at, message: notOfRecord }];
  });
}
