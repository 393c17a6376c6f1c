import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import { type Action, actions } from '../../model/access.ts';
import type { Entity } from '../../model/entity.ts';
import { sameValue } from '../../model/rule.ts';
import type { Ctx } from '../ctx.ts';
import type { Draft } from '../record/draft.ts';
import { linkThrough } from './link-through.ts';
import { compileRowFilter } from './row-filter.ts';

const noEntity = message(
  'right-unknown-entity',
  'There is no entity “{given}”. Give one of: {names}.',
  'Il n’y a pas d’entité « {given} ». Donnez l’une de : {names}.',
  'No hay ninguna entidad «{given}». Dé una de: {names}.',
);
const noField = message(
  'right-unknown-field',
  '{label} have no field “{given}”. Give one of: {names}.',
  '{label} : pas de champ « {given} ». Donnez l’un de : {names}.',
  '{label} no tienen ningún campo «{given}». Dé uno de: {names}.',
);
const notOfLinks = message(
  'right-not-of-links',
  '{label} belong to the records they link, so this right doesn’t exist for them: choose “none”.',
  '{label} : ce sont des liens entre fiches, pour lesquels ce droit n’existe pas. Choisissez « aucune ».',
  '{label} pertenecen a los registros que vinculan, así que este derecho no existe para ellos: elija «ninguno».',
);
const onlyOfLinks = message(
  'right-only-of-links',
  '{label} belong to no other record: choose all, team, own or none.',
  '{label} : ces fiches n’appartiennent à aucune autre. Choisissez toutes, équipes, siennes ou aucune.',
  '{label} no pertenecen a ningún otro registro: elija todos, equipos, propios o ninguno.',
);
const notImported = message(
  'right-not-imported',
  '{label} are never imported: choose “none”.',
  '{label} : l’importation n’est pas possible. Choisissez « aucune ».',
  '{label} nunca se importan: elija «ninguno».',
);
const onlyAdministrators = message(
  'right-of-administrators',
  '{label} decide who may do what, so only administrators change them: choose “none”.',
  '{label} : ce sont elles qui décident des droits, et seuls les administrateurs les modifient. Choisissez « aucune ».',
  '{label} deciden quién puede hacer qué, así que solo los administradores las cambian: elija «ninguno».',
);
const needed = message(
  'right-field-needed',
  '{label} names or counts the records and can’t be hidden. To hide them altogether, take the right to read them.',
  '{label} sert à désigner ou à compter les fiches et ne peut pas être masqué. Pour les masquer toutes, retirez le droit de les consulter.',
  '{label} nombra o cuenta los registros y no se puede ocultar. Para ocultarlos del todo, quite el derecho de consultarlos.',
);
const writeUnseen = message(
  'right-write-unseen',
  'Who writes a field sees it too: allow seeing it, or neither.',
  'Qui écrit un champ le voit aussi : autorisez la lecture, ou aucun des deux.',
  'Quien escribe un campo también lo ve: permita verlo, o ninguna de las dos cosas.',
);

/** Entities that rights themselves are made of: whoever writes them may give himself everything. */
const decisive = new Set(['role', 'right', 'field-right']);

/** Whether the records of this entity are what rights are made of. */
export const decidesRights = (entity: Entity): boolean => entity.system && decisive.has(entity.name);

/** Whether a field names or counts the records, so that no role can do without it. */
export const neverHidden = (entity: Entity, field: string): boolean =>
  field === entity.title || field === 'id' || field === 'version' || field === 'removedAt';

/** Adds the mistakes of stored rights that only the declarations can tell: entities, levels, row filters. */
export function checkRights(ctx: Ctx, drafts: readonly Draft[]): void {
  if (ctx.door === 'undo') return;
  for (const draft of drafts) draft.mistakes.push(...rightMistakes(ctx, draft));
}

/** The same of rights to single fields. */
export function checkFieldRights(ctx: Ctx, drafts: readonly Draft[]): void {
  if (ctx.door === 'undo') return;
  for (const draft of drafts) draft.mistakes.push(...fieldMistakes(ctx, draft));
}

function rightMistakes(ctx: Ctx, { before, after }: Draft): readonly Mistake[] {
  const about = aboutOf(ctx, after.entity);
  if ('mistakes' in about) return about.mistakes;
  const { entity } = about;
  const where = typeof after.where === 'string' ? after.where : '';
  const isSame = before !== null && sameValue(before.where ?? null, after.where ?? null);
  return [
    ...actions.flatMap((action) => levelMistakes(entity, action, after[action])),
    ...(where.trim() === '' || isSame ? [] : filterMistakes(ctx, entity, where)),
  ];
}

function levelMistakes(entity: Entity, action: Action, level: unknown): readonly Mistake[] {
  if (level === 'none' || level === null || level === undefined) return [];
  const isLink = linkThrough(entity) !== null;
  const told = (said: Mistake['message']): readonly Mistake[] => [
    { field: action, message: said, params: { label: entity.label.many }, value: level },
  ];
  if (action !== 'read' && action !== 'export' && decidesRights(entity)) return told(onlyAdministrators);
  if (action === 'import' && !entity.importable) return told(notImported);
  if (action === 'massChange' && isLink) return told(notOfLinks);
  return level === 'through' && !isLink ? told(onlyOfLinks) : [];
}

function filterMistakes(ctx: Ctx, entity: Entity, where: string): readonly Mistake[] {
  try {
    compileRowFilter(where, entity, ctx.workspace);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.detail.mistakes ?? [];
  }
}

function fieldMistakes(ctx: Ctx, { after }: Draft): readonly Mistake[] {
  const about = aboutOf(ctx, after.entity);
  if ('mistakes' in about) return about.mistakes;
  const { entity } = about;
  const name = typeof after.field === 'string' ? after.field : '';
  const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
  if (!field) {
    const params = { label: entity.label.many, given: name, names: best(name, Object.keys(entity.fields)) };
    return name === '' ? [] : [{ field: 'field', message: noField, params, value: name }];
  }
  if (after.read !== true && neverHidden(entity, name))
    return [{ field: 'read', message: needed, params: { label: field.label }, value: after.read }];
  return after.read !== true && after.write === true ? [{ field: 'write', message: writeUnseen }] : [];
}

function aboutOf(
  ctx: Ctx,
  given: unknown,
): { readonly entity: Entity } | { readonly mistakes: readonly Mistake[] } {
  const { entities } = ctx.workspace.model;
  const entity = typeof given === 'string' ? entities.get(given) : undefined;
  if (entity) return { entity };
  // That it is missing is said already.
  if (typeof given !== 'string') return { mistakes: [] };
  const params = { given, names: best(given, [...entities.keys()]) };
  return { mistakes: [{ field: 'entity', message: noEntity, params, value: given }] };
}

/** The name most like the one given, or else all there are. */
const best = (given: string, names: readonly string[]): string => nearest(given, names) ?? names.join(', ');
