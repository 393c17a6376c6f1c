import type { Model } from '../../model/declarations.ts';
import type { Entity } from '../../model/entity.ts';
import type { Field } from '../../model/field.ts';
import { compileConditions } from '../rules/conditions.ts';

/** Mistakes in what an entity says as expressions: the conditions of its fields, and when its records are wrong. */
export function verifyConditions(model: Model, entity: Entity): readonly string[] {
  const declared = (list: string) => model.lists.get(list)?.values ?? null;
  const { broken } = compileConditions(model, entity, declared);
  return [
    ...broken.flatMap(({ place, mistakes }) => mistakes.map((mistake) => `${place}: ${mistake}`)),
    ...Object.values(entity.fields).flatMap((field) =>
      contradictions(field).map((mistake) => `${field.name}: ${mistake}`),
    ),
    ...validationMistakes(entity),
  ].map((mistake) => `${entity.name}: ${mistake}`);
}

/** Settings of a field that can't hold together. */
function contradictions({ required, readOnly, conditions }: Field): readonly string[] {
  const { shownWhen, requiredWhen, readOnlyWhen, clearWhenHidden } = conditions;
  return [
    ...(required && (shownWhen !== null || requiredWhen !== null)
      ? ['what is always required can’t depend on the record: say requiredWhen alone']
      : []),
    ...(readOnly && (requiredWhen !== null || readOnlyWhen !== null)
      ? ['what nobody may write can’t be required or locked besides: leave requiredWhen and readOnlyWhen out']
      : []),
    ...(clearWhenHidden && shownWhen === null ? ['clearWhenHidden needs a shownWhen'] : []),
    ...(clearWhenHidden && readOnly
      ? ['clearWhenHidden can’t be said of a field that nobody may write']
      : []),
  ];
}

function validationMistakes({ validations, fields }: Entity): readonly string[] {
  const names = validations.map(({ name }) => name);
  return [
    ...validations
      .filter(({ field }) => !fields[field])
      .map(
        ({ name, field }) =>
          `the validation “${name}” tells its mistake at “${field}”, which it doesn’t have`,
      ),
    ...new Set(
      names
        .filter((name, at) => names.indexOf(name) !== at)
        .map((name) => `two validations are called “${name}”`),
    ),
  ];
}
