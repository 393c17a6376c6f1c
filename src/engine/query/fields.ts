import { message } from '../../lib/message.ts';
import { Problem } from '../../lib/problem.ts';
import type { Entity } from '../../model/entity.ts';
import { readableFields } from '../access/field-rights.ts';
import type { Ctx } from '../ctx.ts';
import { type Place, placeOf, referenceTarget } from './place.ts';

/** References that one selection may follow: each is a table that its statement joins and the database plans for. */
const mostReferences = 30;

const tooFar = message(
  'fields-follow-too-many',
  'These fields follow {count} references; at most {max} are followed at once. Ask for fewer, or in several requests.',
  'Ces champs suivent {count} références ; {max} au plus sont suivies à la fois. Demandez-en moins, ou en plusieurs requêtes.',
  'Estos campos siguen {count} referencias; se siguen como máximo {max} a la vez. Pida menos, o en varias peticiones.',
);

/**
 * What `fields` names, by path: all that the reader may see when nothing is named. Refuses unknown and hidden fields,
 * and more references than one statement should follow.
 */
export function readFields(
  ctx: Ctx,
  entity: Entity,
  fields: readonly string[] | undefined,
): ReadonlyMap<string, Place> {
  const named = fields?.map((name) => (name === '' ? ' ' : name));
  const paths = new Set(named ?? Object.keys(readableFields(ctx, entity)));
  const places = new Map([...paths].map((path) => [path, placeOf(ctx, entity, path, 'fields')]));
  const followed = new Set([...places.values()].flatMap(referencesOf));
  if (followed.size <= mostReferences) return places;
  const params = { count: followed.size, max: mostReferences };
  throw new Problem('invalid', { mistakes: [{ field: 'fields', message: tooFar, params }] });
}

/** The references beyond the record's own that a place follows, by path. */
function referencesOf({ through, field }: Place): readonly string[] {
  if (through.length === 0) return [];
  const steps = through.map((step) => step.name);
  const followed = steps.map((_, index) => steps.slice(0, index + 1).join('.'));
  return referenceTarget(field) === null ? followed : [...followed, [...steps, field.name].join('.')];
}
