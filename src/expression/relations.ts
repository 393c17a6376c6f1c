import { fieldType } from '../fields/index.ts';
import type { Entity } from '../model/entity.ts';
import type { Field } from '../model/field.ts';
import { meaningMessages } from './messages.ts';
import { nearest } from './nearest.ts';
import { isUnresolved, resolvePath, type Scope, type Unresolved } from './scope.ts';
import type { Relation, ResolvedPath, Step } from './tree.ts';

/** A relation of an entity before it is known which record it starts from. */
type Known = Pick<Relation, 'to' | 'via'> & { readonly key: string };

/**
 * The relations of an entity by name. A link has its own name, several references held in one field have the
 * field's. Records whose reference names this one have the plural of their entity where a single field of theirs
 * does, one that can't name others too if there is any; `accounts.parent`, with the field, is always right.
 */
export function relationsOf(entity: Entity, scope: Scope): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  const visible = (of: Entity, name: string): Field | null => {
    const field = Object.hasOwn(of.fields, name) ? of.fields[name] : undefined;
    return field && !scope.hidden?.(of, field) ? field : null;
  };
  for (const [name, link] of Object.entries(entity.links)) {
    const through = scope.model.entities.get(link.through);
    const from = through && visible(through, link.from);
    const to = through && visible(through, link.to);
    const target = to && scope.model.entities.get(recordsOf(to)[0] ?? '');
    if (from && to && target)
      found.set(name, { key: 'id', to: target, via: { is: 'link', entity: through, from, to } });
  }
  for (const field of Object.values(entity.fields)) {
    const path = fieldType(field.type).paths(field)[''];
    const to = scope.model.entities.get(recordsOf(field)[0] ?? '');
    if (path?.kind === 'ids' && to && visible(entity, field.name))
      found.set(field.name, { key: field.name, to, via: { is: 'ids' } });
  }
  for (const of of scope.model.entities.values()) {
    const naming = Object.values(of.fields).filter(
      (field) => isOne(field) && recordsOf(field).includes(entity.name) && visible(of, field.name),
    );
    const relation = (field: Field): Known => ({ key: 'id', to: of, via: { is: 'reference', field } });
    const own = naming.filter((field) => !field.system);
    const single = own.filter((field) => recordsOf(field).length === 1);
    const [only, ...others] = single.length > 0 ? single : own;
    if (only && others.length === 0 && !found.has(of.plural)) found.set(of.plural, relation(only));
    for (const field of naming) found.set(`${of.plural}.${field.name}`, relation(field));
  }
  return found;
}

/** Finds what records a dotted name means: references to follow, then the name of a relation. */
export function resolveRelation(segments: readonly string[], scope: Scope): Relation | Unresolved {
  const steps: Step[] = [];
  let within = scope;
  for (let at = 0; ; at += 1) {
    const rest = segments.slice(at).join('.');
    const known = relationsOf(within.entity, within);
    const found = known.get(rest);
    if (found) {
      const key = resolvePath([...steps.map(({ field }) => field.name), found.key], scope);
      if (isUnresolved(key)) return key;
      return { text: segments.join('.'), key, to: found.to, via: found.via };
    }
    const followed = at < segments.length - 1 ? reached(segments.slice(0, at + 1), scope) : null;
    const step = followed?.steps.at(-1);
    if (!step) {
      const names = [...known.keys()];
      const close = nearest(rest, names);
      return {
        message: meaningMessages.unknownRelation,
        params: { entity: within.entity.label.one, name: rest },
        segment: at,
        suggestions: (close.length > 0 ? close : names.filter((name) => !name.includes('.'))).slice(0, 5),
      };
    }
    steps.push(step);
    within = { ...scope, entity: step.to };
  }
}

/** The path to the record that references lead to. */
function reached(segments: readonly string[], scope: Scope): ResolvedPath | null {
  const path = resolvePath([...segments, 'id'], scope);
  return isUnresolved(path) || path.field.name !== 'id' ? null : path;
}

function recordsOf(field: Field): readonly string[] {
  const target = fieldType(field.type).target?.(field);
  return target?.to === 'records' ? target.entities : [];
}

const isOne = (field: Field): boolean =>
  field.type !== 'id' && fieldType(field.type).paths(field)['']?.kind === 'id';
