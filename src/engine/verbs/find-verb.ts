import { message } from '../../lib/message.ts';
import { nearest } from '../../lib/nearest.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { DeclaredVerb } from '../../model/verb.ts';

const unknown = message(
  'unknown-verb',
  '{label}: there is nothing called “{name}” to do. Choose one of: {names}.',
  '{label} : il n’y a pas d’action « {name} ». Choisissez parmi : {names}.',
  '{label}: no hay ninguna acción «{name}». Elija entre: {names}.',
);

const none = message(
  'no-verbs',
  '{label}: there is nothing called “{name}” here.',
  '{label} : il n’y a rien qui s’appelle « {name} » ici.',
  '{label}: aquí no hay nada que se llame «{name}».',
);

/** The verb of that name; refused, with the names there are, when there is none. */
export function findVerb(model: Model, entity: Entity, name: string): DeclaredVerb {
  const verbs = model.verbs.get(entity.name) ?? [];
  const found = verbs.find((verb) => verb.name === name);
  if (found) return found;
  const names = verbs.map((verb) => verb.name);
  const near = nearest(name, names);
  const params = { label: entity.label.many, name: name.slice(0, 60) };
  throw names.length === 0
    ? new Problem('not-found', { message: none, params })
    : new Problem('not-found', {
        message: unknown,
        params: { ...params, names: (near ? [near] : names).join(', ') },
      });
}
