import { fieldType } from '../../fields/index.ts';
import { isId } from '../../lib/ids.ts';
import { labels } from '../../lib/locale.ts';
import { message } from '../../lib/message.ts';
import type { Mistake } from '../../lib/problem.ts';
import { entityOf } from '../../model/declarations.ts';
import type { DeclaredVerb } from '../../model/verb.ts';
import type { Ctx } from '../ctx.ts';
import { readEnv } from '../record/codec.ts';
import type { Input } from '../record/draft.ts';
import { unknownName } from '../record/read-input.ts';

const notObject = message(
  'verb-section-not-object',
  '{label}: give the values of a new record as a JSON object, or {"id": …} of one that exists.',
  '{label} : donnez les valeurs d’une nouvelle fiche en objet JSON, ou {"id": …} d’une fiche existante.',
  '{label}: dé los valores de un registro nuevo como objeto JSON, o {"id": …} de uno que existe.',
);
const badId = message(
  'verb-section-bad-id',
  '{label}: give the id of a record.',
  '{label} : donnez l’identifiant d’une fiche.',
  '{label}: dé el identificador de un registro.',
);
const idAndValues = message(
  'verb-section-id-and-values',
  '{label}: a record that exists is taken as it is: send its id alone, with "fill": true what is empty in it is filled; or leave the id out.',
  '{label} : une fiche existante est prise telle quelle : n’envoyez que son identifiant, avec "fill": true ce qui y est vide est rempli ; ou omettez l’identifiant.',
  '{label}: un registro que existe se toma tal cual: envíe solo su identificador, con "fill": true se rellena lo que está vacío; u omita el identificador.',
);
const badFill = message(
  'verb-section-bad-fill',
  '{label}: give true to fill what is empty in the record that is taken, or false.',
  '{label} : donnez true pour remplir ce qui est vide dans la fiche choisie, ou false.',
  '{label}: dé true para rellenar lo que está vacío en el registro elegido, o false.',
);
const onlyNew = message(
  'verb-section-only-new',
  '{label}: here a new record is made, an existing one can’t be chosen: leave the id out.',
  '{label} : ici une nouvelle fiche est créée, on ne peut pas en choisir une : omettez l’identifiant.',
  '{label}: aquí se crea un registro nuevo, no se puede elegir uno existente: omita el identificador.',
);
const missing = message(
  'verb-input-missing',
  '{label} is missing: fill it in.',
  '{label} manque : renseignez ce champ.',
  'Falta {label}: rellénelo.',
);

/** What the asker wants of one section: a record that exists, its empty fields filled or not, or a new one of these values. */
export type Wanted = { readonly id: string; readonly fill: boolean } | { readonly values: Input };

/** What a verb was sent, with every mistake in its form. */
export interface ReadVerbInput {
  readonly values: Record<string, unknown>;
  readonly sections: ReadonlyMap<string, Wanted>;
  readonly mistakes: readonly Mistake[];
}

/** Reads what was sent to a verb: its fields by their types, its sections by their shape; unknown names are mistakes. */
export function readVerbInput(ctx: Ctx, verb: DeclaredVerb, input: Input): ReadVerbInput {
  const known = [...Object.keys(verb.fields), ...Object.keys(verb.sections)];
  const mistakes = Object.keys(input)
    .filter((name) => !known.includes(name))
    .map((name) => unknownName(name, known));
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(verb.fields)) {
    const read = fieldType(field.type).read(input[name] ?? field.default, field, readEnv(ctx));
    if ('mistakes' in read)
      mistakes.push(...read.mistakes.map((m) => ({ ...m, field: m.field ? `${name}.${m.field}` : name })));
    else {
      values[name] = read.value;
      if (field.required && read.value === null)
        mistakes.push({ field: name, message: missing, params: { label: field.label } });
    }
  }
  const sections = new Map<string, Wanted>();
  for (const name of Object.keys(verb.sections)) {
    const sent = input[name] ?? null;
    if (sent === null) continue;
    const wanted = readSection(ctx, verb, name, sent);
    if ('message' in wanted) mistakes.push(wanted);
    else sections.set(name, wanted);
  }
  return { values, sections, mistakes };
}

function readSection(ctx: Ctx, verb: DeclaredVerb, name: string, sent: unknown): Wanted | Mistake {
  const section = verb.sections[name];
  const label = section ? entityOf(ctx.workspace.model, section.entity).label.one : labels(name, name, name);
  const params = { label };
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return { field: name, message: notObject, params, value: sent };
  if (!('id' in sent)) return { values: sent as Input };
  const { id, fill = false, ...others } = sent as Input;
  const field = `${name}.id`;
  if (!section?.takesExisting) return { field, message: onlyNew, params, value: id };
  if (typeof id !== 'string' || !isId(id.toLowerCase())) return { field, message: badId, params, value: id };
  if (Object.keys(others).length > 0) return { field, message: idAndValues, params, value: id };
  if (typeof fill !== 'boolean') return { field: `${name}.fill`, message: badFill, params, value: fill };
  return { id: id.toLowerCase(), fill };
}
