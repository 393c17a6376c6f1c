import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity, LinkField } from '../../model/entity.ts';

const notMergeable = message(
  'not-mergeable',
  '{label} can’t be merged: only records that stand for something of their own can, neither links nor set-up.',
  '{label} : ces fiches ne peuvent pas être fusionnées ; seules le peuvent celles qui représentent quelque chose par elles-mêmes, ni liens ni réglages.',
  '{label}: no se pueden fusionar; solo pueden los registros que representan algo por sí mismos, ni vínculos ni configuración.',
);

/** The relations of the model that go through records of `entity`. */
export const linksThrough = (
  model: Model,
  entity: Entity,
): readonly { readonly holder: Entity; readonly link: LinkField }[] =>
  [...model.entities.values()].flatMap((holder) =>
    Object.values(holder.links).flatMap((link) => (link.through === entity.name ? [{ holder, link }] : [])),
  );

/** Whether records of an entity can become one: links are united with what they link, and set-up is no data. */
export const isMergeable = (model: Model, entity: Entity): boolean =>
  !entity.system && !entity.setup && linksThrough(model, entity).length === 0;

/** Refuses entities whose records can’t be merged. */
export function refuseUnmergeable(model: Model, entity: Entity): void {
  if (!isMergeable(model, entity))
    throw new Problem('conflict', { message: notMergeable, params: { label: entity.label.many } });
}
