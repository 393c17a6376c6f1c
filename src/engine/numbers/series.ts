import { declaredSeries } from '../../fields/serial/serial.ts';
import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import type { Ctx, NumberSeries } from '../ctx.ts';

/** A field whose values come from a series. */
export interface SerialPlace {
  readonly entity: Entity;
  readonly field: Field;
  /** Code of its series: `opportunity.number`. */
  readonly series: string;
}

const known = new WeakMap<Entity, readonly SerialPlace[]>();

/** The serial fields of an entity in the order of their series, looked up once. */
export function serialPlaces(entity: Entity): readonly SerialPlace[] {
  let places = known.get(entity);
  if (!places) {
    places = Object.values(entity.fields)
      .filter((field) => field.type === 'serial')
      .map((field) => ({ entity, field, series: `${entity.name}.${field.name}` }))
      .sort((first, second) => (first.series < second.series ? -1 : 1));
    known.set(entity, places);
  }
  return places;
}

/** Every serial field of a model. */
export const allSerialPlaces = (model: Model): readonly SerialPlace[] =>
  [...model.entities.values()].flatMap(serialPlaces);

/** The series of a field as it is now: as an administrator keeps it, else as declared. */
export const seriesOf = (ctx: Ctx, place: SerialPlace): NumberSeries =>
  ctx.workspace.numbers.find(place.series) ?? {
    ...declaredSeries(place.field),
    code: place.series,
    start: 1,
    version: 0,
  };

/** Whether numbers of this entity are taken within the transaction that writes its records. */
export const hasGapFreeNumbers = (ctx: Ctx, entity: Entity): boolean =>
  serialPlaces(entity).some((place) => seriesOf(ctx, place).gapFree);
