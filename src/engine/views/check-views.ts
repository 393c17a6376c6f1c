import { compileExpression } from '../../expression/compile.ts';
import { isId } from '../../lib/ids.ts';
import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { type Mistake, Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { sameValue } from '../../model/rule.ts';
import { allRecords } from '../../model/view.ts';
import { mayEver } from '../access/access.ts';
import { hasSpecial } from '../access/special.ts';
import type { Ctx } from '../ctx.ts';
import { readFields } from '../query/fields.ts';
import { scopeOf } from '../query/filter.ts';
import { readOrder } from '../query/order.ts';
import type { Draft } from '../record/draft.ts';

const noEntity = message(
  'view-unknown-entity',
  'You read no records called “{given}”. Give one of: {names}.',
  'Vous ne consultez pas de fiches nommées « {given} ». Donnez l’une de : {names}.',
  'No consulta ningún registro llamado «{given}». Dé una de: {names}.',
);
const noBoard = message(
  'view-no-board',
  '{label} have no board: choose the list.',
  '{label} : il n’y a pas de tableau. Choisissez la liste.',
  '{label} no tienen tablero: elija la lista.',
);
const noTeam = message(
  'view-no-team',
  'Say which teams the view is for.',
  'Indiquez à quelles équipes cette vue est destinée.',
  'Indique para qué equipos es la vista.',
);
const foreignTeam = message(
  'view-foreign-team',
  'You may share views with your own teams only: leave the others out.',
  'Vous pouvez partager des vues avec vos propres équipes seulement : retirez les autres.',
  'Solo puede compartir vistas con sus propios equipos: quite los demás.',
);
const notForAll = message(
  'view-not-for-all',
  'Your roles don’t let you share views with everybody: keep it for yourself or your teams, or ask an administrator.',
  'Vos rôles ne vous permettent pas de partager des vues avec tout le monde : gardez-la pour vous ou vos équipes, ou demandez à un administrateur.',
  'Sus roles no le permiten compartir vistas con todos: guárdela para usted o sus equipos, o pida ayuda a un administrador.',
);
const noView = message(
  'view-unknown',
  'There is no view “{given}”. Give the id of a saved view or one of: {names}.',
  'Il n’y a pas de vue « {given} ». Donnez l’identifiant d’une vue enregistrée ou l’une de : {names}.',
  'No hay ninguna vista «{given}». Dé el identificador de una vista guardada o una de: {names}.',
);

/** Adds the mistakes of views that only the declarations can tell: what they show, in what order, to whom. */
export function checkViews(ctx: Ctx, drafts: readonly Draft[]): void {
  if (ctx.door === 'undo') return;
  for (const draft of drafts) draft.mistakes.push(...viewMistakes(ctx, draft));
}

/** Adds the mistakes of what people chose to see first: views that aren’t there. */
export function checkViewChoices(ctx: Ctx, drafts: readonly Draft[]): void {
  if (ctx.door === 'undo') return;
  for (const draft of drafts) draft.mistakes.push(...choiceMistakes(ctx, draft));
}

function viewMistakes(ctx: Ctx, { before, after, mistakes }: Draft): readonly Mistake[] {
  const isNew = (...fields: readonly string[]): boolean =>
    before === null || fields.some((field) => !sameValue(before[field] ?? null, after[field] ?? null));
  const shared = isNew('shared', 'teams', 'owner') ? shareMistakes(ctx, after) : [];
  const about = aboutOf(ctx, after.entity);
  if ('mistakes' in about) return [...about.mistakes, ...shared];
  const { entity } = about;
  const read = (field: string, reading: (text: string) => unknown): readonly Mistake[] => {
    const text = after[field];
    // A view that a change of the declarations broke can still be renamed or shared less.
    if (typeof text !== 'string' || text.trim() === '' || !isNew(field, 'entity')) return [];
    return mistakes.some((mistake) => mistake.field === field) ? [] : refusalOf(field, () => reading(text));
  };
  return [
    ...read('where', (text) => compileExpression(text, scopeOf(ctx, entity), 'where')),
    ...read('sort', (text) => readOrder(ctx, entity, text)),
    ...read('columns', (text) => readFields(ctx, entity, namesIn(text))),
    ...(after.display === 'board' && entity.board === null && isNew('display', 'entity')
      ? [{ field: 'display', message: noBoard, params: { label: entity.label.many }, value: after.display }]
      : []),
    ...shared,
  ];
}

/** The names of columns as a view keeps them: joined by commas. */
const namesIn = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

function refusalOf(field: string, reading: () => unknown): readonly Mistake[] {
  try {
    reading();
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.detail.mistakes ?? []).map((mistake) => ({ ...mistake, field }));
  }
}

function shareMistakes(ctx: Ctx, after: Draft['after']): readonly Mistake[] {
  if (after.shared === 'private' || ctx.who.userId === null) return [];
  const mayAll = hasSpecial(ctx, 'share-views');
  if (after.shared === 'everyone')
    return mayAll ? [] : [{ field: 'shared', message: notForAll, value: after.shared }];
  if (after.shared !== 'teams') return [];
  const teams = Array.isArray(after.teams) ? after.teams.map(String) : [];
  if (teams.length === 0) return [{ field: 'teams', message: noTeam }];
  const isForeign = !mayAll && teams.some((team) => !ctx.who.teams.includes(team));
  return isForeign ? [{ field: 'teams', message: foreignTeam, value: after.teams }] : [];
}

function choiceMistakes(ctx: Ctx, { before, after }: Draft): readonly Mistake[] {
  if (before && sameValue(before.entity, after.entity) && sameValue(before.view, after.view)) return [];
  const about = aboutOf(ctx, after.entity);
  if ('mistakes' in about) return about.mistakes;
  const names = [allRecords, ...about.entity.views.map(({ name }) => name)];
  const given = after.view;
  if (typeof given !== 'string' || isId(given) || names.includes(given)) return [];
  return [{ field: 'view', message: noView, params: { given, names: names.join(', ') }, value: given }];
}

function aboutOf(
  ctx: Ctx,
  given: unknown,
): { readonly entity: Entity } | { readonly mistakes: readonly Mistake[] } {
  // That it is missing is said already.
  if (typeof given !== 'string') return { mistakes: [] };
  const entity = ctx.workspace.model.entities.get(given);
  if (entity && mayEver(ctx, entity, 'read')) return { entity };
  const known = [...ctx.workspace.model.entities.values()].filter((each) => mayEver(ctx, each, 'read'));
  const names = known.map(({ name }) => name);
  const params = { given, names: nearest(given, names) ?? names.join(', ') };
  return { mistakes: [{ field: 'entity', message: noEntity, params, value: given }] };
}
