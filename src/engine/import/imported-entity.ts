import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { mayEver } from '../access/access.ts';
import type { Ctx } from '../ctx.ts';

const unknownEntity = message(
  'import-unknown-entity',
  'Nothing called “{name}” can be imported into. Choose one of: {known}.',
  'Aucune importation possible vers « {name} ». Choisissez parmi : {known}.',
  'No se puede importar a «{name}». Elija entre: {known}.',
);
const notAllowed = message(
  'import-forbidden',
  'Your roles don’t let you import {label}.',
  'Vos rôles ne vous permettent pas d’importer : {label}.',
  'Sus roles no le permiten importar: {label}.',
);
/** The entity to import into, by its name or plural; refuses one that can't be or who may not. */
export function importedEntity(ctx: Ctx, name: string): Entity {
  const { entities, byPlural } = ctx.workspace.model;
  const entity = entities.get(name) ?? byPlural.get(name);
  if (!entity?.importable) {
    const known = [...entities.values()].filter((each) => each.importable).map((each) => each.name);
    const near = nearest(name, known);
    const params = { name: name.slice(0, 60), known: near ?? known.join(', ') };
    throw new Problem('invalid', {
      mistakes: [{ field: 'entity', message: unknownEntity, params, value: name }],
    });
  }
  if (!mayEver(ctx, entity, 'import') || !mayEver(ctx, entity, 'create')) {
    throw new Problem('forbidden', { message: notAllowed, params: { label: entity.label.many } });
  }
  return entity;
}
