import type { Entity } from '../../src/model/entity.ts';
import { type Actor, exampleOf, sensibleChange } from './stage.ts';

/** A change that every record of the entity takes. */
export function changeOf(entity: Entity, actor: Actor): Readonly<Record<string, unknown>> {
  const known = sensibleChange[entity.name];
  if (known) return known;
  const own = Object.values(entity.fields).filter((field) => !field.system && !field.readOnly);
  const field =
    own.find(({ name, type }) => name === entity.title && (type === 'text' || type === 'person-name')) ??
    own.find(({ type }) => type === 'checkbox');
  return field ? { [field.name]: exampleOf(field) } : { owner: actor.caller.id };
}
